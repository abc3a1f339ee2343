import { describe, expect, it } from 'vitest';

import { languages } from '../language.ts';
import { missingLanguages, type LocalizedText } from '../localized-text.ts';
import { maxStepDurationMs, stepKinds, stepRules } from '../step.ts';
import { minutes, totalDurationMs, type WorkshopTemplate } from '../workshop-template.ts';
import { methodKeys, workshopTemplates, type MethodKey } from './workshop-templates.ts';

/** What each description promises. */
const promisedMinutes: Readonly<Record<MethodKey, number>> = {
	'co-creation': 180,
	ideation: 120,
	'one-two-four-all': 20,
	'world-cafe': 120,
	'consent-round': 60,
	'project-meeting': 90,
};

/** A straight quotation mark, three dots, or in French a space at which a line may break. */
const typewritten = /\p{L}'\p{L}|"|\.\.\./u;
const breakable = / [:;!?»]|« /u;

function textsOf({ name, description, steps }: WorkshopTemplate): LocalizedText[] {
	return [name, description, ...steps.flatMap(({ title, prompt }) => [title, prompt])];
}

const stepsOf = (key: MethodKey) => workshopTemplates[key].steps;
const rulesAt = (key: MethodKey, index: number) => stepsOf(key)[index]?.rules;

describe.each(methodKeys)('the template %s', (key) => {
	const template = workshopTemplates[key];

	it('speaks every language, in words of its own', () => {
		for (const text of textsOf(template)) expect(missingLanguages(text)).toEqual([]);
		for (const { prompt } of template.steps) {
			expect(new Set(languages.map((language) => prompt[language])).size).toBe(languages.length);
		}
	});

	it('is set with the signs of its languages', () => {
		const texts = textsOf(template).flatMap((text) => Object.values(text));
		expect(texts.filter((text) => typewritten.test(text) || text !== text.trim())).toEqual([]);
		expect(textsOf(template).filter(({ fr = '' }) => breakable.test(fr))).toEqual([]);
	});

	it('lasts as long as its description says', () => {
		expect(totalDurationMs(template.steps)).toBe(minutes(promisedMinutes[key]));
	});

	it('begins with a welcome, ends with a closing and has valid rules', () => {
		expect(template.steps[0]?.kind).toBe('welcome');
		expect(template.steps.at(-1)?.kind).toBe('closing');
		for (const { rules, durationMs } of template.steps) {
			expect(stepRules.parse(rules)).toEqual(rules);
			expect(durationMs).toBeLessThanOrEqual(maxStepDurationMs);
		}
	});
});

it('every kind of step has its place in a template', () => {
	const kinds = new Set(methodKeys.flatMap((key) => stepsOf(key).map(({ kind }) => kind)));
	expect(stepKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
});

describe('the methods', () => {
	it('a co-creation evening goes from the dream to the founded project', () => {
		expect(stepsOf('co-creation').map(({ kind }) => kind)).toEqual([
			...['welcome', 'collect', 'collect', 'group', 'choose', 'vote', 'results', 'break', 'sheet', 'sheet', 'pitch'],
			...['found', 'feedback', 'closing'],
		]);
		expect(rulesAt('co-creation', 1)).toMatchObject({ add: 'everybody', intake: 'private', names: 'hidden' });
	});

	it('1-2-4-All takes one, two, four and five minutes; alone is private, and the room sees what all write at the end', () => {
		const [alone, pairs, fours, all] = stepsOf('one-two-four-all').slice(1, 5);
		expect([alone, pairs, fours, all].map((step) => step?.durationMs)).toEqual([1, 2, 4, 5].map(minutes));
		expect(alone?.rules).toMatchObject({ add: 'people', intake: 'private', names: 'hidden', see: 'table' });
		expect([pairs?.rules.see, fours?.rules.see]).toEqual(['table', 'table']);
		expect(all?.rules).toMatchObject({ board: 'plenary', see: 'room', intake: 'direct' });
	});

	it('a World Café has three rounds that stay at their tables, two changes with a recap, and a harvest for all', () => {
		const steps = stepsOf('world-cafe');
		const rounds = steps.filter(({ kind, rules }) => kind === 'collect' && rules.see === 'table');
		expect(rounds.map(({ durationMs }) => durationMs)).toEqual([20, 20, 20].map(minutes));
		expect(rounds.every(({ rules }) => rules.board === 'table' && rules.edit === 'table')).toBe(true);
		for (const [index, { kind }] of steps.entries()) {
			if (kind === 'break') expect(steps[index + 1]?.kind).toBe('discuss');
		}
		expect(steps.filter(({ kind }) => kind === 'break')).toHaveLength(2);
		expect(steps.find(({ rules }) => rules.board === 'plenary' && rules.see === 'room')?.kind).toBe('collect');
	});

	it('a consent round shows reactions and objections together, and votes after the proposal was written anew', () => {
		const steps = stepsOf('consent-round');
		expect(steps.map(({ kind }) => kind)).toEqual([
			...['welcome', 'sheet', 'collect', 'collect', 'collect', 'sheet', 'vote', 'results', 'closing'],
		]);
		expect([rulesAt('consent-round', 3)?.intake, rulesAt('consent-round', 4)?.intake]).toEqual(['private', 'private']);
	});

	it('a project meeting ends with tasks and a word without names', () => {
		expect(stepsOf('project-meeting').slice(-3)).toMatchObject([
			{ kind: 'sheet', rules: { sheet: 'everybody' } },
			{ kind: 'feedback', rules: { names: 'unrecorded', intake: 'inbox' } },
			{ kind: 'closing' },
		]);
	});
});
