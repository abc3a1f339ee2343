import type { TableId } from '#lib/domain/ids.ts';
import { addToTimer, pauseTimer, resumeTimer, startTimer, type TimerState } from '#lib/domain/timer.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { LogAction } from '#lib/protocol/log.ts';
import type { AuditDetail, Change, Inverse } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers, Decision } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireAllowed, requireLead, requireTable } from '#server/live/require.ts';

type TimerCommandName = 'timer.start' | 'timer.add' | 'timer.pause' | 'timer.resume' | 'timer.clear';

/** The countdown of the room, or of one table. */
export const timerCommands: CommandHandlers<TimerCommandName> = {
	'timer.start'({ durationMs, tableId, text, sound }, context) {
		const manner = { ...(text === undefined ? {} : { text }), ...(sound === undefined ? {} : { sound }) };
		const clear = { name: 'timer.clear', payload: ofTable(tableId) } as const;
		const entry: Entry = { action: 'timer.start', detail: { durationMs }, inverse: clear };
		return set(context, tableId, () => startTimer(durationMs, context.now, manner), entry);
	},

	'timer.add'({ milliseconds, tableId }, context) {
		const back = { name: 'timer.add', payload: { ...ofTable(tableId), milliseconds: -milliseconds } } as const;
		const entry: Entry = { action: 'timer.add', detail: { milliseconds }, inverse: back };
		return set(context, tableId, (timer) => addToTimer(running(timer), milliseconds, context.now), entry);
	},

	'timer.pause'({ tableId }, context) {
		const back = { name: 'timer.resume', payload: ofTable(tableId) } as const;
		const entry: Entry = { action: 'timer.pause', inverse: back };
		return set(context, tableId, (timer) => pauseTimer(running(timer), context.now), entry);
	},

	'timer.resume'({ tableId }, context) {
		const back = { name: 'timer.pause', payload: ofTable(tableId) } as const;
		const entry: Entry = { action: 'timer.resume', inverse: back };
		return set(context, tableId, (timer) => resumeTimer(running(timer), context.now), entry);
	},

	'timer.clear': ({ tableId }, context) => set(context, tableId, () => null, { action: 'timer.clear' }),
};

type Entry = { readonly action: LogAction; readonly detail?: AuditDetail; readonly inverse?: Inverse };

function set(
	context: CommandContext,
	tableId: TableId | undefined,
	change: (timer: TimerState | null) => TimerState | null,
	{ action, ...words }: Entry,
): Decision {
	const { state } = context;
	if (tableId === undefined) {
		requireLead(context);
		const timer = change(state.workshop.timer);
		return { changes: [{ type: 'put', entity: 'workshop', row: { ...state.workshop, timer } }, logged(action, words)] };
	}
	const table = requireTable(state, tableId);
	requireAllowed(context, { name: 'table.steer', tableId, hostId: table.hostId });
	const row: Change = { type: 'put', entity: 'table', row: { ...table, timer: change(table.timer) } };
	return { changes: [row, logged(action, { subjectId: tableId, ...words })] };
}

function running(timer: TimerState | null): TimerState {
	if (timer === null) throw new AppError('timer.notRunning');
	return timer;
}

function ofTable(tableId: TableId | undefined): { tableId?: TableId } {
	return tableId === undefined ? {} : { tableId };
}
