import { describe, expect, it } from 'vitest';

import { coCreationTemplate } from './co-creation-template.ts';
import { languages } from './language.ts';
import { missingLanguages } from './localized-text.ts';
import { maxStepDurationMs, stepRules } from './step.ts';
import { minutes, totalDurationMs } from './workshop-template.ts';

describe('the co-creation evening', () => {
	it('goes from the welcome to the closing', () => {
		expect(coCreationTemplate.steps.map(({ kind }) => kind)).toEqual([
			'welcome',
			'collect',
			'collect',
			'group',
			'vote',
			'results',
			'sheet',
			'pitch',
			'found',
			'closing',
		]);
	});

	it('speaks every language, in words of its own', () => {
		for (const { title, prompt } of coCreationTemplate.steps) {
			expect(missingLanguages(title)).toEqual([]);
			expect(missingLanguages(prompt)).toEqual([]);
			expect(new Set(languages.map((language) => prompt[language])).size).toBe(languages.length);
		}
	});

	it('keeps the dreams with their authors, without names, until the step is left', () => {
		expect(coCreationTemplate.steps[1]?.rules).toMatchObject({ add: true, intake: 'private', names: 'hidden' });
	});

	it('has valid rules and fits an evening', () => {
		for (const step of coCreationTemplate.steps) {
			expect(stepRules.parse(step.rules)).toEqual(step.rules);
			expect(step.durationMs).toBeLessThanOrEqual(maxStepDurationMs);
		}
		expect(totalDurationMs(coCreationTemplate.steps)).toBe(minutes(150));
	});
});
