import { describe, expect, it } from 'vitest';

import { stepKinds } from '#lib/domain/step.ts';
import type { IdeaId } from '#lib/domain/ids.ts';
import type { ScreenView } from '#lib/protocol/live.ts';

import { spokenTexts } from './spoken-texts.ts';
import { stagePanel } from './stage-panel.ts';
import { sampleEvening, sampleId, sampleRound, sampleStepId, sampleTableId } from './testing/sample-evening.ts';

const projects = {
	garden: { slug: 'garden', title: 'Garden', tableId: null, ideas: 3, joined: 0, helping: 0, following: 0 },
};
const spotlight = { ideaId: sampleId('1', 1) as IdeaId, text: 'Bänke', colour: 'sun', tableId: null } as const;

function onFloor(view: ScreenView, floor: Partial<ScreenView['floor']>): ScreenView {
	return { ...view, floor: { ...view.floor, ...floor } };
}

function toldBy(view: ScreenView, screen: ScreenView['steps'][typeof sampleStepId]['rules']['screen']): ScreenView {
	const step = view.steps[sampleStepId];
	if (step === undefined) return view;
	return { ...view, steps: { [sampleStepId]: { ...step, rules: { ...step.rules, screen } } } };
}

describe('what a screen shows by itself', () => {
	it('is the way in before the first step and while people arrive', () => {
		expect(stagePanel('auto', sampleEvening({ kind: null }))).toBe('join');
		expect(stagePanel('auto', sampleEvening({ kind: 'welcome' }))).toBe('join');
	});

	it('is the wall while ideas are written, and their groups once there are any', () => {
		for (const kind of ['collect', 'group', 'discuss', 'choose'] as const) {
			expect(stagePanel('auto', sampleEvening({ kind, ideas: ['Bänke'] }))).toBe('wall');
			expect(stagePanel('auto', sampleEvening({ kind, ideas: ['Bänke'], groups: 1 }))).toBe('columns');
		}
	});

	it('is the question of a discussion that has no ideas', () => {
		expect(stagePanel('auto', sampleEvening({ kind: 'discuss' }))).toBe('prompt');
	});

	it('is the prompt of a vote until a round is open', () => {
		expect(stagePanel('auto', sampleEvening({ kind: 'vote' }))).toBe('prompt');
		expect(stagePanel('auto', { ...sampleEvening({ kind: 'vote' }), rounds: sampleRound(['A', 'B']) })).toBe('ballot');
		const closed = sampleRound(['A', 'B'], { state: 'closed' });
		expect(stagePanel('auto', { ...sampleEvening({ kind: 'vote' }), rounds: closed })).toBe('prompt');
	});

	it('is where the tables are while they write their sheets', () => {
		expect(stagePanel('auto', sampleEvening({ kind: 'sheet' }))).toBe('map');
		expect(stagePanel('auto', sampleEvening({ kind: 'sheet', tables: 0 }))).toBe('prompt');
	});

	it('is the projects at the end, once there are some', () => {
		const closing = sampleEvening({ kind: 'closing' });
		expect(stagePanel('auto', closing)).toBe('prompt');
		expect(stagePanel('auto', { ...closing, projects })).toBe('projects');
		const ended = { ...closing, workshop: { ...closing.workshop, phase: 'ended' as const } };
		expect(stagePanel('auto', ended)).toBe('prompt');
		expect(stagePanel('auto', { ...ended, projects })).toBe('projects');
	});

	it('is something in every kind of step', () => {
		for (const kind of stepKinds) expect(stagePanel('auto', sampleEvening({ kind }))).not.toBe('blank');
	});

	it('is what the step says, where it says something', () => {
		expect(stagePanel('auto', toldBy(sampleEvening({ kind: 'collect' }), 'map'))).toBe('map');
		expect(stagePanel('auto', toldBy(sampleEvening({ kind: 'collect' }), 'blank'))).toBe('blank');
	});
});

describe('what has the floor', () => {
	const collect = sampleEvening({ kind: 'collect' });
	const pitch = { order: [sampleTableId(0)], current: sampleTableId(0), applause: {} };

	it('comes before the step, whatever the step says', () => {
		expect(stagePanel('auto', onFloor(collect, { spotlight }))).toBe('idea');
		expect(stagePanel('auto', onFloor(toldBy(collect, 'map'), { spotlight }))).toBe('idea');
		expect(stagePanel('auto', onFloor(collect, { pitches: pitch }))).toBe('pitch');
	});

	it('is a quick question first: it waits for answers', () => {
		const rounds = sampleRound(['Ja', 'Nein'], { kind: 'poll' });
		expect(stagePanel('auto', { ...onFloor(collect, { spotlight, pitches: pitch }), rounds })).toBe('ballot');
		const closed = sampleRound(['Ja', 'Nein'], { kind: 'poll', state: 'closed' });
		expect(stagePanel('auto', { ...collect, rounds: closed })).toBe('wall');
	});

	it('is the table in front before the queue, and an idea in the light before both', () => {
		const waiting = { ...pitch, current: null };
		expect(stagePanel('auto', onFloor(sampleEvening({ kind: 'pitch' }), { pitches: waiting }))).toBe('pitch');
		expect(stagePanel('auto', sampleEvening({ kind: 'pitch' }))).toBe('prompt');
		expect(stagePanel('auto', onFloor(collect, { pitches: pitch, spotlight }))).toBe('idea');
	});

	it('leaves a screen alone that was told what to show', () => {
		expect(stagePanel('blank', onFloor(collect, { spotlight }))).toBe('blank');
		expect(stagePanel('results', onFloor(collect, { spotlight, pitches: pitch }))).toBe('results');
	});
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
