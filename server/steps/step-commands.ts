import { randomInt } from 'node:crypto';

import type { StepId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { requireFacilitator } from '#server/live/require.ts';
import type { Idea, Table, Workshop } from '#server/live/workshop-state.ts';

export type StepCommandOptions = {
	/** Changes that go with the end of a step or of the evening, such as a snapshot. */
	readonly onStepEnd: (context: CommandContext, stepId: StepId) => readonly Change[];
	readonly onWorkshopEnd: (context: CommandContext) => readonly Change[];
};

/** Going through the evening. Nothing is destroyed by going back, and a step can be entered any number of times. */
export function createStepCommands({
	onStepEnd,
	onWorkshopEnd,
}: StepCommandOptions): CommandHandlers<'step.go' | 'workshop.open-door' | 'workshop.freeze' | 'workshop.end'> {
	return {
		/**
		 * Leaving a step ends its silence: what was private until now goes on the boards, in shuffled order, so that nobody can
		 * tell from the place of a note when it was written. The timer lies ready with the step's duration.
		 */
		'step.go'({ stepId }, context) {
			requireFacilitator(context);
			const { state, now } = context;
			const step = state.steps.get(stepId);
			if (step === undefined) throw new AppError('step.unknown');
			const left = state.workshop.currentStepId;
			const workshop: Workshop = {
				...state.workshop,
				phase: 'live',
				currentStepId: stepId,
				stepStartedAt: now,
				timer:
					step.durationMs > 0 ? { state: 'paused', remainingMs: step.durationMs, durationMs: step.durationMs } : null,
			};
			return {
				changes: [
					...(left === null ? [] : onStepEnd(context, left)),
					...reveal(context),
					...[...state.tables.values()]
						.filter((table) => table.ready)
						.map((table) => putTable({ ...table, ready: false })),
					put(workshop),
					{ type: 'audit', action: 'step.go', subjectId: stepId, detail: { from: left } },
				],
			};
		},

		'workshop.open-door'({ open }, context) {
			requireFacilitator(context);
			return { changes: [put({ ...context.state.workshop, doorOpen: open })] };
		},

		'workshop.freeze'({ frozen }, context) {
			requireFacilitator(context);
			return { changes: [put({ ...context.state.workshop, frozen })] };
		},

		'workshop.end'({ ended }, context) {
			requireFacilitator(context);
			const { workshop } = context.state;
			if (!ended) return { changes: [put({ ...workshop, phase: 'live' })] };
			return {
				changes: [
					...onWorkshopEnd(context),
					...reveal(context),
					put({ ...workshop, phase: 'ended', timer: null }),
					{ type: 'audit', action: 'workshop.end', subjectId: workshop.id, detail: {} },
				],
			};
		},
	};
}

/** Publishes what its authors kept to themselves so far. */
function reveal({ state, now }: CommandContext): Change[] {
	const waiting = shuffled([...state.ideas.values()].filter((idea) => idea.state === 'private'));
	const orders = waiting.map((idea) => idea.order).sort((left, right) => left - right);
	return waiting.map((idea, index) => ({
		type: 'put',
		entity: 'idea',
		row: { ...idea, state: 'published', publishedAt: now, order: orders[index] ?? idea.order } satisfies Idea,
	}));
}

function shuffled<Item>(items: Item[]): Item[] {
	const rest = [...items];
	const result: Item[] = [];
	while (rest.length > 0) result.push(...rest.splice(randomInt(rest.length), 1));
	return result;
}

function put(row: Workshop): Change {
	return { type: 'put', entity: 'workshop', row };
}

function putTable(row: Table): Change {
	return { type: 'put', entity: 'table', row };
}
