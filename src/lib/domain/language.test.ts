import { describe, expect, test } from 'vitest';
import { preferredLanguage } from './language.ts';

describe('the language a browser asks for', () => {
	test.each([
		['de-LU,de;q=0.9,en;q=0.8', 'de'],
		['lb', 'lb'],
		['it-IT,it;q=0.9,pt-BR;q=0.8,en;q=0.7', 'pt'],
		['en;q=0.4, fr;q=0.9', 'fr'],
		['FR-fr', 'fr'],
		['fr;q=0, en;q=0.1', 'en'],
		['de,fr', 'de'],
		['en;q=nonsense, pt;q=0.2', 'pt'],
	])('%s is %s', (header, language) => {
		expect(preferredLanguage(header)).toBe(language);
	});

	test.each([null, undefined, '', '*', 'it, es;q=0.9', ';;;,,,', 'q=1'])('%s names none of ours', (header) => {
		expect(preferredLanguage(header)).toBeNull();
	});
});
