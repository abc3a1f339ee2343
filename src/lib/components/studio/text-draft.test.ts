import { describe, expect, it } from 'vitest';

import { draftOf, unfinishedLanguages } from './text-draft.ts';

describe('a text while it is written', () => {
	it('has a place for every language', () => {
		expect(draftOf({ de: 'Hallo' })).toEqual({ lb: '', fr: '', de: 'Hallo', en: '', pt: '' });
	});

	it('says which languages still need words, counting only texts that somebody began', () => {
		const title = draftOf({ lb: 'a', fr: 'a', de: 'a', en: 'a', pt: 'a' });
		expect([...unfinishedLanguages([title, draftOf({})])]).toEqual([]);
		expect([...unfinishedLanguages([title, draftOf({ de: 'x', lb: ' ' })])]).toEqual(['lb', 'fr', 'en', 'pt']);
	});
});
