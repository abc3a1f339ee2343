import { describe, expect, it } from 'vitest';

import { answersOf, askedAnswers, mostAnswers, pollTemplates } from './poll-templates.ts';

describe('a quick question', () => {
	it.each(pollTemplates)('has as many answers as can be asked for (%s)', (template) => {
		const answers = answersOf(template, (key) => key);
		expect(answers.length).toBeGreaterThanOrEqual(2);
		expect(answers.length).toBeLessThanOrEqual(mostAnswers);
	});

	it('asks for each answer once, and for no blank one', () => {
		expect(askedAnswers([' Yes', 'No ', '', 'Yes', '  '])).toEqual(['Yes', 'No']);
	});
});
