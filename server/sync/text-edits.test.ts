import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { times } from '#tests/helpers/thoroughness.ts';

import { readable, replaceTexts } from './text-edits.ts';
import { emptyDocument, textsOf } from './testing/forge.ts';
import { seed } from './testing/seed.ts';

/** Signs whose halves are alike, so that texts often differ inside a pair. */
const signs = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', '\0', '😀', '😁', '🌳', '\ud83d', '\ude00') });

describe('a text that the server replaces', () => {
	it('is the wanted one as the gate would let it pass, and no change if it is that already', () => {
		fc.assert(
			fc.property(signs, signs, (before, wanted) => {
				const document = emptyDocument(1);
				replaceTexts(document, { dream: before });
				expect(textsOf(document)).toEqual(['', readable(before)]);
				let changes = 0;
				document.on('update', () => (changes += 1));
				replaceTexts(document, { dream: wanted, notes: 'left out' });
				expect(textsOf(document)).toEqual(['', readable(wanted)]);
				expect(changes === 0).toBe(readable(before) === readable(wanted));
				expect(readable(wanted)).toMatch(/^[^\0\r\p{Surrogate}]*$/u);
			}),
			{ numRuns: times(1_000, 20_000), seed },
		);
	}, 60_000);
});
