import { addToTimer, pauseTimer, resumeTimer, startTimer, type TimerState } from '#lib/domain/timer.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { CommandContext, CommandHandlers, Decision } from '#server/live/command-handler.ts';
import { requireFacilitator } from '#server/live/require.ts';

type TimerCommandName = 'timer.start' | 'timer.add' | 'timer.pause' | 'timer.resume' | 'timer.clear';

/** The room's countdown. */
export const timerCommands: CommandHandlers<TimerCommandName> = {
	'timer.start': ({ durationMs }, context) => set(context, startTimer(durationMs, context.now)),
	'timer.add': ({ milliseconds }, context) => set(context, addToTimer(current(context), milliseconds, context.now)),
	'timer.pause': (_, context) => set(context, pauseTimer(current(context), context.now)),
	'timer.resume': (_, context) => set(context, resumeTimer(current(context), context.now)),
	'timer.clear': (_, context) => set(context, null),
};

function current({ state }: CommandContext): TimerState {
	if (state.workshop.timer === null) throw new AppError('timer.notRunning');
	return state.workshop.timer;
}

function set(context: CommandContext, timer: TimerState | null): Decision {
	requireFacilitator(context);
	return { changes: [{ type: 'put', entity: 'workshop', row: { ...context.state.workshop, timer } }] };
}
