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
	const before = beforeId === undefined ? undefined : neighbours.find(({ id }) => id === beforeId);
	let after: Row | undefined;
	for (const row of neighbours) {
		const isCandidate = before === undefined || compare(row, before) < 0;
		if (isCandidate && (after === undefined || compare(after, row) < 0)) after = row;
	}
	const order = orderBetween(after?.order, before?.order);
	if (order !== null) return { order, renumbered: [] };

	const sorted = neighbours.toSorted(compare);
	const index = before === undefined ? sorted.length : sorted.indexOf(before);
	return {
		order: index + 1,
		renumbered: sorted.map((row, position) => ({ ...row, order: position < index ? position + 1 : position + 2 })),
	};
}

function compare(left: Placed, right: Placed): number {
	return left.order - right.order || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
}

/** The order number of something that is put after all others. */
export function placeAtEnd(neighbours: Iterable<Placed>): number {
	let last = 0;
	for (const { order } of neighbours) last = Math.max(last, order);
	return last + 1;
}
