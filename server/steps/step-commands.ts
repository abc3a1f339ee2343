import type { StepId } from '#lib/domain/ids.ts';
import { readyTimer } from '#lib/domain/timer.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change, Inverse } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers, Decision } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireAllowed, requireLead, requireTable } from '#server/live/require.ts';
import type { Step, Table, Workshop } from '#server/live/workshop-state.ts';

import { reveal, shareWithRoom } from './reveal.ts';

export type StepCommandOptions = {
	/** Changes that go with the end of a step, such as a snapshot. */
	readonly onStepEnd: (context: CommandContext, stepId: StepId) => readonly Change[];
};

/** Going through the evening. Nothing is destroyed by going back, and a step can be entered any number of times. */
export function createStepCommands({
	onStepEnd,
}: StepCommandOptions): CommandHandlers<'step.go' | 'step.reveal' | 'pace.set'> {
	return {
		/**
		 * Leaving a step ends its silence: what was private until now goes on the boards. The timer lies ready with the step's
		 * duration. When the room goes, tables that were in steps of their own come along.
		 */
		'step.go'({ stepId, tableId }, context) {
			const step = requireStep(context, stepId);
			if (tableId !== undefined) return goWithTable(requireTable(context.state, tableId), step, context);
			requireLead(context);
			const { state, now } = context;
			const left = state.workshop.currentStepId;
			const hidden = reveal(state, now);
			const workshop: Workshop = {
				...state.workshop,
				phase: 'live',
				currentStepId: stepId,
				stepStartedAt: now,
				timer: timerOf(step),
			};
			// What came to light can't be taken back; going back would only look like it.
			const back: Inverse | undefined =
				left === null || hidden.length > 0 ? undefined : { name: 'step.go', payload: { stepId: left } };
			return {
				changes: [
					...(left === null ? [] : onStepEnd(context, left)),
					...hidden,
					...tablesToStep(state.tables.values()),
					put(workshop),
					logged('step.go', { subjectId: stepId, detail: { from: left }, inverse: back }),
				],
			};
		},

		'step.reveal'({ to, tableId }, context) {
			requireLead(context);
			const { state, now } = context;
			const boardId = tableId === undefined ? undefined : requireTable(state, tableId).boardId;
			const hidden = reveal(state, now, { boardId, reach: to });
			const shared = to === 'room' ? shareWithRoom(state, boardId) : [];
			const detail = { to, ideas: hidden.length + shared.length };
			return { changes: [...hidden, ...shared, logged('step.reveal', { subjectId: tableId ?? null, detail })] };
		},

		'pace.set'({ pace }, context) {
			requireLead(context);
			const { state } = context;
			const { floor } = state.workshop;
			if (floor.pace === pace) return { changes: [] };
			return {
				changes: [
					...(pace === 'room' ? togetherAgain(context) : []),
					put({ ...state.workshop, floor: { ...floor, pace } }),
					logged('pace.set', { detail: { pace }, inverse: { name: 'pace.set', payload: { pace: floor.pace } } }),
				],
			};
		},
	};
}

/** One table goes by itself. Its time lies ready; what its people kept to themselves comes to light at the table. */
function goWithTable(table: Table, step: Step, context: CommandContext): Decision {
	requireAllowed(context, { name: 'table.steer', tableId: table.id, hostId: table.hostId });
	const { state, now } = context;
	if (state.workshop.floor.pace !== 'tables') throw new AppError('step.notNow');
	const left = table.stepId ?? state.workshop.currentStepId;
	const hidden = reveal(state, now, { boardId: table.boardId });
	const row: Table = { ...table, ready: false, stepId: step.id, stepStartedAt: now, timer: timerOf(step) };
	const back: Inverse | undefined =
		left === null || hidden.length > 0 ? undefined : { name: 'step.go', payload: { stepId: left, tableId: table.id } };
	const detail = { from: left, step: step.id };
	return {
		changes: [...hidden, putTable(row), logged('step.go-table', { subjectId: table.id, detail, inverse: back })],
	};
}

/** Those who are in another step than the room leave it: what they kept to themselves there comes to light at their table. */
function* togetherAgain({ state, now }: CommandContext): Generator<Change> {
	const { currentStepId } = state.workshop;
	for (const { stepId, boardId } of state.tables.values()) {
		if (stepId !== null && stepId !== currentStepId) yield* reveal(state, now, { boardId });
	}
	yield* tablesToStep(state.tables.values());
}

/** Tables go with the room again; nobody is ready for a step that has just begun. */
function* tablesToStep(tables: Iterable<Table>): Generator<Change> {
	for (const table of tables) {
		if (!table.ready && table.stepId === null && table.timer === null) continue;
		yield putTable({ ...table, ready: false, stepId: null, stepStartedAt: null, timer: null });
	}
}

function requireStep({ state }: CommandContext, stepId: StepId): Step {
	const step = state.steps.get(stepId);
	if (step === undefined) throw new AppError('step.unknown');
	return step;
}

function timerOf({ durationMs }: Step) {
	return durationMs > 0 ? readyTimer(durationMs) : null;
}

function put(row: Workshop): Change {
	return { type: 'put', entity: 'workshop', row };
}

function putTable(row: Table): Change {
	return { type: 'put', entity: 'table', row };
}
