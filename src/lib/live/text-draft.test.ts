import { describe, expect, it } from 'vitest';

import { missingPassage, missingPassages } from './text-draft.ts';

describe('the passage that the server lacks', () => {
	it.each([
		['typed in the middle', 'Ein Café im alten Bahnhof', 'Ein Café Bahnhof', 'im alten'],
		['typed at the end', 'Ein Café für alle', 'Ein Café', 'für alle'],
		['a word that was changed is whole', 'Reparaturcafé', 'Reparaturkeller', 'Reparaturcafé'],
		['the server has it all', 'Ein Café', 'Ein Café für alle', ''],
		['we only deleted', 'Ein', 'Ein Café', ''],
		['both are empty', '', '', ''],
		['an emoji stays whole', 'a 😀 b', 'a 😁 b', '😀'],
	])('%s', (_case, ours, theirs, passage) => {
		expect(missingPassage(ours, theirs)).toBe(passage);
	});

	it('is given for the headings that have one', () => {
		expect(missingPassages({ dream: 'a b', challenge: 'same' }, { challenge: 'same' })).toEqual({ dream: 'a b' });
	});
});
