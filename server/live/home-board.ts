import type { BoardId, TableId } from '#lib/domain/ids.ts';

import type { WorkshopState } from './workshop-state.ts';

/** Where somebody writes: their table's board, or the plenary's for those who sit at none. */
export function homeBoard(state: WorkshopState, tableId: TableId | null): BoardId {
	const table = tableId === null ? undefined : state.tables.get(tableId);
	return table?.boardId ?? state.plenaryBoardId;
}
