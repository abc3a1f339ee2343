import type { TableId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { requireTable } from '#server/live/require.ts';
import type { WorkshopState } from '#server/live/workshop-state.ts';

/** Refuses when nobody more can sit at a table. People who were blocked leave their seat free. @throws AppError `table.full`, `table.unknown` */
export function requireSeat(state: WorkshopState, tableId: TableId): void {
	const table = requireTable(state, tableId);
	let seated = 0;
	for (const person of state.participants.values()) {
		if (person.tableId === tableId && person.blockedAt === null) seated += 1;
	}
	if (seated >= table.capacity) throw new AppError('table.full', { table: table.name, capacity: table.capacity });
}
