import { expect, test } from 'vitest';
import { languageOfText, missingLanguages, pickText } from './localized-text.ts';

test('a text is read in the wanted language', () => {
	expect(pickText({ de: 'Garten', lb: 'Gaart' }, 'lb')).toBe('Gaart');
});

test('a text that lacks the wanted language is read in the nearest one', () => {
	expect(pickText({ en: 'Garden', de: 'Garten' }, 'lb')).toBe('Garten');
	expect(pickText({ en: 'Garden', de: 'Garten' }, 'pt')).toBe('Garden');
	expect(languageOfText({ en: 'Garden', de: 'Garten' }, 'pt')).toBe('en');
});

test('a blank translation counts as none', () => {
	expect(pickText({ fr: '  ', de: 'Garten' }, 'fr')).toBe('Garten');
	expect(missingLanguages({ fr: '  ', de: 'Garten', lb: 'Gaart' })).toEqual(['fr', 'en', 'pt']);
});

test('an empty text is empty in every language', () => {
	expect(pickText({}, 'lb')).toBe('');
	expect(languageOfText({}, 'lb')).toBeNull();
});
