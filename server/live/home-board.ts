import type { BoardId, TableId } from '#lib/domain/ids.ts';

import { policyContext, type WorkshopState } from './workshop-state.ts';

/** Where somebody writes: their table's board, or the plenary's for those who sit at none and in steps that are held in the plenary. */
export function homeBoard(state: WorkshopState, tableId: TableId | null): BoardId {
	const table = tableId === null ? undefined : state.tables.get(tableId);
	if (table === undefined || policyContext(state, tableId).rules?.board === 'plenary') return state.plenaryBoardId;
	return table.boardId;
}
