import { describe, expect, it } from 'vitest';

import type { StepId } from '#lib/domain/ids.ts';
import { defaultRules } from '#lib/domain/step.ts';

import { behindPlanMs, expectedStarts, nextStep, previousStep, stepsInOrder, type Evening } from './evening-plan.ts';

const minute = 60_000;
const seven = Date.UTC(2026, 5, 6, 17, 0);
const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}` as StepId;

function step(position: number, minutes: number) {
	return {
		position,
		kind: 'collect' as const,
		title: {},
		prompt: {},
		durationMs: minutes * minute,
		rules: defaultRules('collect'),
	};
}

const steps = stepsInOrder({ [id(3)]: step(2, 5), [id(1)]: step(0, 10), [id(2)]: step(1, 20) });

function evening(changes: Partial<Evening>): Evening {
	return { startsAt: seven, steps, currentStepId: id(2), stepStartedAt: seven + 10 * minute, timer: null, ...changes };
}

describe('the agenda', () => {
	it('follows the positions', () => {
		expect(steps.map((entry) => entry.id)).toEqual([id(1), id(2), id(3)]);
	});

	it('offers the first step before the evening, and nothing after its last', () => {
		expect(nextStep(steps, null)?.id).toBe(id(1));
		expect(nextStep(steps, id(2))?.id).toBe(id(3));
		expect(nextStep(steps, id(3))).toBeNull();
		expect(previousStep(steps, id(1))).toBeNull();
		expect(previousStep(steps, id(3))?.id).toBe(id(2));
	});
});

describe('the distance to the plan', () => {
	it('is nothing while a step that began in time still has its time', () => {
		expect(behindPlanMs(evening({}), seven + 15 * minute)).toBe(0);
	});

	it('counts a late start', () => {
		expect(behindPlanMs(evening({ stepStartedAt: seven + 14 * minute }), seven + 15 * minute)).toBe(4 * minute);
	});

	it('counts minutes that were added to the timer', () => {
		const timer = { state: 'running' as const, endsAt: seven + 35 * minute, durationMs: 25 * minute };
		expect(behindPlanMs(evening({ timer }), seven + 15 * minute)).toBe(5 * minute);
	});

	it('grows while a step runs over', () => {
		expect(behindPlanMs(evening({}), seven + 33 * minute)).toBe(3 * minute);
	});

	it('is negative when the evening is ahead', () => {
		expect(behindPlanMs(evening({ stepStartedAt: seven + 6 * minute }), seven + 7 * minute)).toBe(-4 * minute);
	});

	it('says nothing without a start, before the first step, and on another day', () => {
		expect(behindPlanMs(evening({ startsAt: null }), seven)).toBeNull();
		expect(behindPlanMs(evening({ currentStepId: null }), seven)).toBeNull();
		expect(behindPlanMs(evening({}), seven + 24 * 60 * minute)).toBeNull();
	});
});

describe('the expected starts', () => {
	it('follow the plan before the evening', () => {
		const starts = expectedStarts(evening({ currentStepId: null, stepStartedAt: null }), seven - minute);
		expect([...starts.values()]).toEqual([seven, seven + 10 * minute, seven + 30 * minute]);
	});

	it('follow the current step from then on', () => {
		const starts = expectedStarts(evening({ stepStartedAt: seven + 12 * minute }), seven + 13 * minute);
		expect([...starts]).toEqual([
			[id(2), seven + 12 * minute],
			[id(3), seven + 32 * minute],
		]);
	});
});
