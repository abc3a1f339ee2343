import type { TableId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import { requireTable } from '#server/live/require.ts';
import type { Participant, WorkshopState } from '#server/live/workshop-state.ts';

/** Refuses when nobody more can sit at a table. People who were blocked leave their seat free. @throws AppError `table.full`, `table.unknown` */
export function requireSeat(state: WorkshopState, tableId: TableId): void {
	const table = requireTable(state, tableId);
	let seated = 0;
	for (const person of state.participants.values()) {
		if (person.tableId === tableId && person.blockedAt === null) seated += 1;
	}
	if (seated >= table.capacity) throw new AppError('table.full', { table: table.name, capacity: table.capacity });
}

/** A host who leaves the table hosts it no longer. */
export function hostless(state: WorkshopState, { id, tableId }: Participant): Change[] {
	const table = tableId === null ? undefined : state.tables.get(tableId);
	return table?.hostId === id ? [{ type: 'put', entity: 'table', row: { ...table, hostId: null } }] : [];
}
