import type { Pitches } from '#lib/domain/floor.ts';
import { startTimer, type TimerState } from '#lib/domain/timer.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireAllowed, requireLead, requireTable } from '#server/live/require.ts';

/** Tables come to the front one after another, with a time, and the room claps from its phones. */
export const pitchCommands: CommandHandlers<'pitch.queue' | 'pitch.call' | 'pitch.applaud'> = {
	'pitch.queue'({ tableIds }, context) {
		requireLead(context);
		const order = [...new Set(tableIds)];
		for (const tableId of order) requireTable(context.state, tableId);
		const before = pitchesOf(context).order;
		const back = { name: 'pitch.queue', payload: { tableIds: before } } as const;
		return { changes: [put(context, { order }), logged('pitch.queue', { inverse: back })] };
	},

	/** A table that wasn't in the queue has come to the front all the same. */
	'pitch.call'({ tableId, durationMs }, context) {
		requireLead(context);
		const { order } = pitchesOf(context);
		if (tableId === null) return { changes: [put(context, { current: null }, null), logged('pitch.end')] };
		requireTable(context.state, tableId);
		const pitches = { current: tableId, order: order.includes(tableId) ? order : [...order, tableId] };
		return {
			changes: [
				put(context, pitches, startTimer(durationMs, context.now)),
				logged('pitch.call', { subjectId: tableId, inverse: { name: 'pitch.call', payload: { tableId: null } } }),
			],
		};
	},

	/** Counted in all, and kept with the table: nobody can tell who clapped. */
	'pitch.applaud'({ tableId, claps }, context) {
		requireAllowed(context, { name: 'pitch.applaud' });
		const { current, applause } = pitchesOf(context);
		if (current !== tableId) throw new AppError('step.notNow');
		const change = put(context, { applause: { ...applause, [tableId]: (applause[tableId] ?? 0) + claps } });
		return { changes: [change], unlogged: true };
	},
};

function pitchesOf({ state }: CommandContext): Pitches {
	return state.workshop.floor.pitches;
}

function put({ state }: CommandContext, change: Partial<Pitches>, timer?: TimerState | null): Change {
	const { workshop } = state;
	const floor = { ...workshop.floor, pitches: { ...workshop.floor.pitches, ...change } };
	const row = { ...workshop, floor, ...(timer === undefined ? {} : { timer }) };
	return { type: 'put', entity: 'workshop', row };
}
