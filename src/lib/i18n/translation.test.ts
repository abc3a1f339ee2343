import { describe, expect, test } from 'vitest';
import { createTranslate } from './translation.ts';

const ideas = { one: '{{count}} idea', many: '{{count}} of ideas', other: '{{count}} ideas' };
const catalogue = {
	board: { ideas_one: ideas.one, ideas_many: ideas.many, ideas_other: ideas.other, by: 'by {{name}}' },
	errors: { idea: { unknown: 'Gone.' } },
};

describe('a translate function', () => {
	test.each([
		['lb', 0, '0 ideas'],
		['lb', 1, '1 idea'],
		['fr', 0, '0 idea'],
		['fr', 1_000_000, '1\u202f000\u202f000 of ideas'],
		['pt', 0, '0 ideas'],
		['pt', 1, '1 idea'],
		['de', 1234, '1.234 ideas'],
	] as const)('counts in %s: %d', (language, count, text) => {
		expect(createTranslate(language, catalogue)('board:ideas', { count })).toBe(text);
	});

	test('finds nested keys', () => {
		expect(createTranslate('en', catalogue)('errors:idea.unknown')).toBe('Gone.');
	});

	test('leaves what people typed as it is', () => {
		const translate = createTranslate('en', catalogue);
		expect(translate('board:by', { name: '<b>Ana & $t(errors:idea.unknown) {{count}}</b>' })).toBe(
			'by <b>Ana & $t(errors:idea.unknown) {{count}}</b>',
		);
	});

	test('takes a parameter for nothing but a parameter', () => {
		expect(createTranslate('en', catalogue)('board:by', { name: 'Ana', lng: 'de', context: 'x', ns: 'errors' })).toBe(
			'by Ana',
		);
	});

	test('gives the key back where a text is missing', () => {
		expect(createTranslate('en', catalogue)('board:nothing')).toContain('nothing');
	});
});
