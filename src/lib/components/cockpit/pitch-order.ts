import type { TableId } from '#lib/domain/ids.ts';
import type { Pitches } from '#lib/domain/floor.ts';

/** Who comes next: after the one at the front, else the first in the queue that wasn't there yet. */
export function nextPitch({ order, current, applause }: Pitches, called: ReadonlySet<TableId>): TableId | null {
	const after = current === null ? -1 : order.indexOf(current);
	const waits = (id: TableId) => id !== current && !called.has(id) && (applause[id] ?? 0) === 0;
	return order.slice(after + 1).find(waits) ?? order.find(waits) ?? null;
}

/** The queue with one table moved by a place towards its beginning (-1) or end (1); itself where there is no such place. */
export function movedBy(order: readonly TableId[], id: TableId, by: -1 | 1): TableId[] {
	const from = order.indexOf(id);
	const to = from + by;
	if (from === -1 || to < 0 || to >= order.length) return [...order];
	const moved = order.filter((other) => other !== id);
	moved.splice(to, 0, id);
	return moved;
}
