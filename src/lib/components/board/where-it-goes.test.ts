import { describe, expect, it } from 'vitest';

import { defaultRules } from '#lib/domain/step.ts';

import { whereItGoes } from './where-it-goes.ts';

const collect = defaultRules('collect');

describe('what the composer says', () => {
	it('is nothing where an idea goes to everybody at once, with its name', () => {
		expect(whereItGoes(collect, 'table', false)).toEqual([]);
	});

	it('is that feedback goes to the moderation, and that nobody can tell whose it is', () => {
		expect(whereItGoes(defaultRules('feedback'), 'plenary', false)).toEqual(['inbox', 'unrecorded']);
	});

	it('is that the table sees it alone, as long as it is the table’s board', () => {
		const rules = { ...collect, see: 'table' as const, board: 'both' as const };
		expect(whereItGoes(rules, 'table', true)).toEqual(['table']);
		expect(whereItGoes(rules, 'plenary', true)).toEqual([]);
	});

	it('is that a private idea stays here', () => {
		expect(whereItGoes({ ...collect, intake: 'private', see: 'table' }, 'table', false)).toEqual(['private']);
	});
});
