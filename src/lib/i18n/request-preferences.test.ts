import { expect, test } from 'vitest';
import { languageOfRequest } from './request-preferences.ts';

test('a choice comes before what the browser asks for', () => {
	expect(languageOfRequest('lb', 'de')).toEqual({ language: 'lb', known: true });
});

test('without a choice the browser is asked', () => {
	expect(languageOfRequest(undefined, 'pt-PT,en;q=0.5')).toEqual({ language: 'pt', known: true });
	expect(languageOfRequest('klingon', 'de')).toEqual({ language: 'de', known: true });
});

test('where nobody names one of ours, the edition may suggest its own', () => {
	expect(languageOfRequest(undefined, 'it')).toEqual({ language: 'fr', known: false });
});
