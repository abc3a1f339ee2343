import { describe, expect, it } from 'vitest';

import { defaultRules, stepKinds, type StepKind } from '#lib/domain/step.ts';
import type { StepId, WorkshopId } from '#lib/domain/ids.ts';
import type { WorkshopView } from '#lib/protocol/live.ts';

import { spokenTexts } from './spoken-texts.ts';
import { stagePanel } from './stage-panel.ts';

const stepId = '00000000-0000-4000-8000-000000000001' as StepId;

function workshopIn(kind: StepKind | null, changes: Partial<WorkshopView> = {}): WorkshopView {
	return {
		workshop: {
			id: '00000000-0000-4000-8000-000000000002' as WorkshopId,
			code: '48210937',
			title: { de: 'Abend' },
			phase: 'live',
			doorOpen: true,
			frozen: false,
			attribution: null,
			joinUrl: 'http://hall.test/j/48210937',
		},
		steps:
			kind === null
				? {}
				: { [stepId]: { position: 0, kind, title: {}, prompt: {}, durationMs: 60_000, rules: defaultRules(kind) } },
		currentStepId: kind === null ? null : stepId,
		stepStartedAt: null,
		timer: null,
		challenges: {},
		tables: {},
		plenary: { boardId: '00000000-0000-4000-8000-000000000003' as WorkshopView['plenary']['boardId'], ideas: 0 },
		rounds: {},
		projects: {},
		counts: { people: 0, present: 0, ideas: 0 },
		...changes,
	};
}

const projects = {
	garden: { slug: 'garden', title: 'Garden', tableId: null, ideas: 3, joined: 0, helping: 0, following: 0 },
};

describe('what a screen shows by itself', () => {
	it('is the way in before the first step and while people arrive', () => {
		expect(stagePanel('auto', workshopIn(null))).toBe('join');
		expect(stagePanel('auto', workshopIn('welcome'))).toBe('join');
	});

	it('is the wall while ideas are written and grouped', () => {
		expect(stagePanel('auto', workshopIn('collect'))).toBe('wall');
		expect(stagePanel('auto', workshopIn('group'))).toBe('wall');
	});

	it('is the prompt of a vote until a round is open', () => {
		expect(stagePanel('auto', workshopIn('vote'))).toBe('prompt');
	});

	it('is the projects at the end, once there are some', () => {
		expect(stagePanel('auto', workshopIn('closing'))).toBe('prompt');
		expect(stagePanel('auto', workshopIn('closing', { projects }))).toBe('projects');
	});

	it('is something in every kind of step', () => {
		for (const kind of stepKinds) expect(stagePanel('auto', workshopIn(kind))).not.toBe('blank');
	});
});

it('shows what it was told to in any step', () => {
	expect(stagePanel('blank', workshopIn('collect'))).toBe('blank');
	expect(stagePanel('results', workshopIn('collect'))).toBe('results');
});

describe('a text in two languages', () => {
	it('is there twice when both are written', () => {
		expect(spokenTexts({ de: 'Hallo', fr: 'Bonjour' }, ['de', 'fr'])).toEqual([
			{ language: 'de', text: 'Hallo' },
			{ language: 'fr', text: 'Bonjour' },
		]);
	});

	it('is there once when one of them is missing, and not at all when it is empty', () => {
		expect(spokenTexts({ de: 'Hallo' }, ['lb', 'fr'])).toEqual([{ language: 'de', text: 'Hallo' }]);
		expect(spokenTexts({}, ['lb', 'fr'])).toEqual([]);
	});
});
