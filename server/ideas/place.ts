import { orderBetween } from '#lib/domain/idea.ts';

type Placed = { readonly id: string; readonly order: number };

/**
 * The order number of something that is put before a neighbour, or (without one, or if it is gone) at the end.
 * Where the gap has become too small for another number, the neighbours are renumbered 1, 2, 3 … and returned too.
 */
export function placeBefore<Row extends Placed>(
	beforeId: string | undefined,
	neighbours: readonly Row[],
): { order: number; renumbered: Row[] } {
	const sorted = [...neighbours].sort((left, right) => left.order - right.order || (left.id < right.id ? -1 : 1));
	const found = beforeId === undefined ? -1 : sorted.findIndex((row) => row.id === beforeId);
	const index = found === -1 ? sorted.length : found;
	const order = orderBetween(sorted[index - 1]?.order, sorted[index]?.order);
	if (order !== null) return { order, renumbered: [] };
	return {
		order: index + 1,
		renumbered: sorted.map((row, position) => ({ ...row, order: position < index ? position + 1 : position + 2 })),
	};
}

/** The order number of something that is put after all others. */
export function placeAtEnd(neighbours: Iterable<Placed>): number {
	let last = 0;
	for (const { order } of neighbours) last = Math.max(last, order);
	return last + 1;
}
