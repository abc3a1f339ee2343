import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandHandlers } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireAllowed, requireFacilitator, requireParticipant, requireTable } from '#server/live/require.ts';
import type { Table } from '#server/live/workshop-state.ts';

/** What a table tells the facilitators (we are ready, we need help), and what they tell it. */
export const tableCommands: CommandHandlers<'table.signal' | 'table.answer' | 'table.set-host'> = {
	'table.signal'({ tableId, ready, needsHelp }, context) {
		const table = requireTable(context.state, tableId);
		requireAllowed(context, { name: 'table.signal', tableId });
		const asks = needsHelp ?? table.needsHelp;
		return {
			changes: [
				put({
					...table,
					ready: ready ?? table.ready,
					needsHelp: asks,
					// Asking once more doesn't lose the place in the queue.
					helpAskedAt: asks ? (table.helpAskedAt ?? context.now) : null,
					helpBy: asks ? table.helpBy : null,
				}),
			],
		};
	},

	'table.answer'({ tableId, coming }, context) {
		requireFacilitator(context);
		const { actor } = context;
		const table = requireTable(context.state, tableId);
		if (actor.kind !== 'facilitator' || !table.needsHelp) return { changes: [] };
		return {
			changes: [
				put({ ...table, helpBy: coming ? actor.id : null }),
				logged('table.answer', { subjectId: tableId, detail: { coming } }),
			],
		};
	},

	'table.set-host'({ tableId, participantId }, context) {
		requireFacilitator(context);
		const { state } = context;
		const table = requireTable(state, tableId);
		if (participantId !== null && requireParticipant(state, participantId).tableId !== tableId) {
			throw new AppError('participant.unknown');
		}
		const back = { name: 'table.set-host', payload: { tableId, participantId: table.hostId } } as const;
		return {
			changes: [
				put({ ...table, hostId: participantId }),
				logged('table.set-host', { subjectId: tableId, inverse: back }),
			],
		};
	},
};

function put(row: Table): Change {
	return { type: 'put', entity: 'table', row };
}
