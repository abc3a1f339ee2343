import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { times } from '#tests/helpers/thoroughness.ts';

import { check } from './text-gate.ts';
import { emptyDocument, forge, type ForgedStruct } from './testing/forge.ts';
import { forgerId, isPossible, scramble, unitsOf } from './testing/random-places.ts';
import { seed } from './testing/seed.ts';

/** What Yjs does with the structs, one after the other. */
function applyOneByOne(server: Y.Doc, structs: readonly ForgedStruct[]): Y.Doc | 'originsCrossed' | 'unknownOrigin' {
	const document = emptyDocument(1);
	Y.applyUpdate(document, Y.encodeStateAsUpdate(server));
	let clock = 0;
	for (const struct of structs) {
		const answer = isPossible(document, struct);
		if (answer !== true) return answer === null ? 'unknownOrigin' : 'originsCrossed';
		Y.applyUpdate(document, forge({ sections: [{ client: forgerId, clock, structs: [struct] }] }));
		clock += struct.text?.length ?? 0;
	}
	return document;
}

describe('G15: the places of new structs', () => {
	it('are those that Yjs gives them', () => {
		let crossed = 0;
		let taken = 0;
		fc.assert(
			fc.property(scramble, ({ server, structs }) => {
				const expected = applyOneByOne(server, structs);
				const update = forge({ sections: [{ client: forgerId, clock: 0, structs }] });
				const verdict = check(update, server, { clientId: forgerId });
				if (typeof expected === 'string') {
					if (expected === 'originsCrossed') crossed += 1;
					expect(verdict).toEqual({ verdict: 'refuse', code: expected });
					return;
				}
				taken += 1;
				if (verdict.verdict !== 'accept') throw new Error(JSON.stringify(verdict));
				Y.applyUpdate(server, verdict.bytes);
				expect(unitsOf(server)).toEqual(unitsOf(expected));
			}),
			{ numRuns: times(1_000, 20_000), seed },
		);
		expect(Math.min(crossed, taken)).toBeGreaterThan(100);
	}, 120_000);
});
