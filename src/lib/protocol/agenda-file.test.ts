import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { languages } from '#lib/domain/language.ts';
import { screenLayouts } from '#lib/domain/screen-layout.ts';
import { defaultRules, roomRoles, stepKinds, stepRules } from '#lib/domain/step.ts';
import { worldCafeTemplate } from '#lib/domain/templates/world-cafe-template.ts';

import { agendaFormat, maxAgendaFileBytes, parseAgendaFile, readAgendaFile, writeAgendaFile } from './agenda-file.ts';
import { AppError } from './errors.ts';
import { maxPromptLength, maxSteps, maxStepTitleLength, type StepContent } from './workshops.ts';

const step = { kind: 'collect', title: { en: 'Dream' }, durationMs: 600_000 };
const file = (...steps: unknown[]) => ({ format: agendaFormat, version: 1, steps });

function refusal(content: unknown): unknown {
	try {
		return readAgendaFile(content);
	} catch (error) {
		return error instanceof AppError ? error.toWire() : error;
	}
}

describe('an agenda file', () => {
	it('gives back the steps that were written into it', () => {
		const { steps } = worldCafeTemplate;
		expect(parseAgendaFile(JSON.stringify(writeAgendaFile(steps))).steps).toEqual(steps);
	});

	it('may be written by hand: what is left out is that of the kind', () => {
		const rules = { intake: 'private', names: 'hidden' } as const;
		expect(readAgendaFile(file({ ...step, rules }, { ...step, prompt: { en: ' Say it. ', fr: '' } })).steps).toEqual([
			{ ...step, prompt: {}, rules: { ...defaultRules('collect'), ...rules } },
			{ ...step, prompt: { en: 'Say it.' }, rules: defaultRules('collect') },
		]);
	});

	it('looks like the example in the documentation', () => {
		const page = readFileSync(new URL('../../../docs/agenda-file.md', import.meta.url), 'utf8');
		const example = /```json\n(.*?)```/su.exec(page)?.[1] ?? '';
		expect(parseAgendaFile(example).steps).toMatchObject([
			{ kind: 'collect', rules: { intake: 'private', see: 'room' } },
		]);
		const named = new Set([...page.matchAll(/`(\w+)`/gu)].map(([, word]) => word));
		const words = [...stepKinds, ...roomRoles, ...screenLayouts, ...stepRules.keyof().options];
		expect(words.filter((word) => !named.has(word))).toEqual([]);
	});

	it('that is none of ours is refused as such', () => {
		for (const content of [
			null,
			7,
			[],
			{},
			{ format: 'another', version: 1, steps: [] },
			{ ...file(step), version: '1' },
		]) {
			expect(refusal(content)).toEqual({ code: 'agenda.fileUnreadable' });
		}
		expect(() => parseAgendaFile('{')).toThrow(new AppError('agenda.fileUnreadable'));
	});

	it('of a newer version is refused with that version, whatever stands in it', () => {
		expect(refusal({ ...file(), version: 2, scenes: [] })).toEqual({
			code: 'agenda.fileNewer',
			params: { version: 2 },
		});
	});

	it.each([
		['steps', file()],
		['steps[0].kind', file({ ...step, kind: 'dance' })],
		['steps[1].rules.add', file(step, { ...step, rules: { add: true } })],
		['steps[0].title', file({ ...step, title: { en: ' ' } })],
		['steps[0].title.en', file({ ...step, title: { en: 'x'.repeat(maxStepTitleLength + 1) } })],
		['steps[0].prompt.xx', file({ ...step, prompt: { xx: 'x' } })],
		['steps[0].durationMs', file({ ...step, durationMs: -1 })],
		['steps[0].colour', file({ ...step, colour: 'red' })],
		['steps[0].rules.colour', file({ ...step, rules: { colour: 'red' } })],
		['notes', { ...file(step), notes: 'x' }],
		['steps', file(...Array<unknown>(maxSteps + 1).fill(step))],
	])('with a mistake is refused with its place, such as %s', (place, content) => {
		expect(refusal(content)).toEqual({ code: 'agenda.fileInvalid', params: { place } });
	});

	it('of the longest agenda there can be is within the limit', () => {
		const inAll = (length: number) => Object.fromEntries(languages.map((language) => [language, '€'.repeat(length)]));
		const longest: StepContent = {
			kind: 'feedback',
			title: inAll(maxStepTitleLength),
			prompt: inAll(maxPromptLength),
			durationMs: 600_000,
			rules: defaultRules('feedback'),
		};
		const text = JSON.stringify(writeAgendaFile(Array<StepContent>(maxSteps).fill(longest)), null, '\t');
		expect(parseAgendaFile(text).steps).toHaveLength(maxSteps);
		expect(new TextEncoder().encode(text).length).toBeLessThan(maxAgendaFileBytes);
	});
});
