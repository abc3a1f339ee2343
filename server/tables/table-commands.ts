import type { CommandHandlers } from '#server/live/command-handler.ts';
import { requireAllowed, requireTable } from '#server/live/require.ts';

/** What a table tells the facilitator: we are ready, we need help. */
export const tableCommands: CommandHandlers<'table.signal'> = {
	'table.signal'({ tableId, ready, needsHelp }, context) {
		const table = requireTable(context.state, tableId);
		requireAllowed(context, { name: 'table.signal', tableId });
		const row = { ...table, ready: ready ?? table.ready, needsHelp: needsHelp ?? table.needsHelp };
		return { changes: [{ type: 'put', entity: 'table', row }] };
	},
};
