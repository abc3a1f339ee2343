import { describe, expect, test } from 'vitest';

import { defaultRules, stepKinds, stepRules } from '#lib/domain/step.ts';
import { methodKeys, workshopTemplates } from '#lib/domain/templates/workshop-templates.ts';

import { ruleMarks } from './rule-marks.ts';
import { ruleWarnings } from './rule-warnings.ts';
import { wayOf, waysOf } from './step-ways.ts';

describe.each(stepKinds)('the ways to do a step "%s"', (kind) => {
	test('are each told apart, valid and free of contradictions', () => {
		for (const { key, rules } of waysOf(kind)) {
			expect(stepRules.parse(rules)).toEqual(rules);
			expect(wayOf(kind, rules)).toBe(key);
			expect(ruleWarnings(kind, rules)).toEqual([]);
		}
	});
});

test('rules that somebody put together are no way of ours', () => {
	expect(wayOf('collect', { ...defaultRules('collect'), screen: 'blank' })).toBeUndefined();
	expect(wayOf('vote', { ...defaultRules('vote'), vote: false })).toBeUndefined();
});

test('what a rule makes impossible is said', () => {
	const collect = defaultRules('collect');
	expect(ruleWarnings('collect', { ...collect, add: 'nobody', intake: 'private' })).toEqual(['nobodyAdds']);
	expect(ruleWarnings('discuss', { ...defaultRules('discuss'), intake: 'private' })).toEqual(['intakeWithoutAdding']);
	expect(ruleWarnings('discuss', { ...defaultRules('discuss'), names: 'unrecorded' })).toEqual([
		'unrecordedWithoutAdding',
	]);
	expect(ruleWarnings('collect', { ...collect, board: 'plenary', see: 'table', screen: 'wall' })).toEqual([
		'plenaryAtTable',
		'screenSeesNothing',
	]);
	expect(ruleWarnings('group', { ...defaultRules('group'), arrange: 'nobody' })).toEqual(['nobodyArranges']);
	expect(ruleWarnings('vote', defaultRules('welcome'))).toEqual(['nobodyVotes']);
	expect(ruleWarnings('sheet', defaultRules('welcome'))).toEqual(['nobodyWritesSheet']);
});

test.each(methodKeys)('the template %s contradicts itself nowhere', (key) => {
	for (const { kind, rules } of workshopTemplates[key].steps) expect(ruleWarnings(kind, rules)).toEqual([]);
});

test('a step is marked where its rules differ from the open ones', () => {
	expect(ruleMarks('collect', defaultRules('collect'))).toEqual([]);
	expect(ruleMarks('vote', defaultRules('vote'))).toEqual([]);
	expect(ruleMarks('welcome', { ...defaultRules('welcome'), names: 'hidden', see: 'table' })).toEqual([]);
	expect(ruleMarks('feedback', defaultRules('feedback'))).toEqual(['addPeople', 'inbox', 'unrecorded', 'plenary']);
	const open = { ...defaultRules('collect'), vote: true, sheet: 'tables', see: 'table' } as const;
	expect(ruleMarks('collect', open)).toEqual(['table', 'vote', 'sheet']);
});
