import type { StepId } from '#lib/domain/ids.ts';
import { remainingMs, type TimerState } from '#lib/domain/timer.ts';
import type { StepView } from '#lib/protocol/live.ts';

export type PlannedStep = StepView & { readonly id: StepId };

/** The agenda in its order. */
export function stepsInOrder(steps: Readonly<Record<StepId, StepView>>): PlannedStep[] {
	return (Object.entries(steps) as [StepId, StepView][])
		.map(([id, step]) => ({ ...step, id }))
		.sort((a, b) => a.position - b.position);
}

/** The step after the current one, or the first one before the evening has begun; null at the end. */
export function nextStep(steps: readonly PlannedStep[], current: StepId | null): PlannedStep | null {
	if (current === null) return steps[0] ?? null;
	const index = steps.findIndex((step) => step.id === current);
	return index === -1 ? null : (steps[index + 1] ?? null);
}

export function previousStep(steps: readonly PlannedStep[], current: StepId | null): PlannedStep | null {
	const index = steps.findIndex((step) => step.id === current);
	return steps[index - 1] ?? null;
}

export type Evening = {
	/** When the first step was planned to begin; null if no time was set. Times are epoch milliseconds. */
	readonly startsAt: number | null;
	readonly steps: readonly PlannedStep[];
	readonly currentStepId: StepId | null;
	readonly stepStartedAt: number | null;
	readonly timer: TimerState | null;
};

/** A start that lies further away than this belongs to another day, and says nothing about this evening. */
const samePlanMs = 6 * 60 * 60 * 1000;

/**
 * How far the evening is behind its plan (negative: ahead of it), in milliseconds: the end of the current step as it looks now,
 * against the end that was planned. The end looks like the timer says, else like the step's duration says, and is never past.
 * Null where there is no plan to compare with.
 */
export function behindPlanMs(evening: Evening, now: number): number | null {
	const { startsAt, steps, currentStepId, stepStartedAt, timer } = evening;
	const index = steps.findIndex((step) => step.id === currentStepId);
	const step = steps[index];
	if (startsAt === null || step === undefined || stepStartedAt === null) return null;

	const plannedEnd = steps.slice(0, index + 1).reduce((time, { durationMs }) => time + durationMs, startsAt);
	const expectedEnd = timer === null ? stepStartedAt + step.durationMs : now + remainingMs(timer, now);
	const behind = Math.max(now, expectedEnd) - plannedEnd;
	return Math.abs(behind) > samePlanMs ? null : behind;
}

/** When each step is expected to begin, the current one with its real start; for the times beside the agenda. */
export function expectedStarts(evening: Evening, now: number): Map<StepId, number> {
	const { startsAt, steps, currentStepId, stepStartedAt, timer } = evening;
	const starts = new Map<StepId, number>();
	const index = steps.findIndex((step) => step.id === currentStepId);
	const current = steps[index];
	let time = index === -1 ? startsAt : null;
	if (current !== undefined && stepStartedAt !== null) {
		starts.set(current.id, stepStartedAt);
		const end = timer === null ? stepStartedAt + current.durationMs : now + remainingMs(timer, now);
		time = Math.max(now, end);
	}
	for (const step of steps.slice(index + 1)) {
		if (time === null) break;
		starts.set(step.id, time);
		time += step.durationMs;
	}
	return starts;
}
