import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { times } from '#tests/helpers/thoroughness.ts';

import { emptyDocument, headings, textsOf } from './testing/forge.ts';
import { attackerId, baseState, hostileUpdate } from './testing/hostile-updates.ts';
import { seed } from './testing/seed.ts';
import { check, type GateVerdict } from './text-gate.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

/** The next clock of everybody but the attacker. */
function statesOfOthers(document: Y.Doc): Map<number, number> {
	const states = Y.decodeStateVector(Y.encodeStateVector(document));
	states.delete(attackerId);
	return states;
}

function expectPlainTexts(document: Y.Doc): void {
	expect([...document.share.keys()]).toEqual([...headings]);
	expect([document.store.pendingStructs, document.store.pendingDs]).toEqual([null, null]);
	const kinds = new Set<unknown>();
	for (const structs of document.store.clients.values())
		for (const struct of structs)
			kinds.add(struct instanceof Y.Item ? struct.content.getRef() : struct.constructor.name);
	expect([...kinds].filter((kind) => kind !== 1 && kind !== 4)).toEqual([]);
	for (const text of textsOf(document)) expect(text.isWellFormed() && !/[\0\r]/.test(text)).toBe(true);
}

/** Lets the gate judge, and applies what it takes. */
function submit(update: Uint8Array, document: Y.Doc, clientId: number): GateVerdict {
	const before = Y.encodeStateAsUpdate(document);
	const verdict = check(update, document, { clientId });
	expect(Buffer.compare(before, Y.encodeStateAsUpdate(document))).toBe(0);
	if (verdict.verdict === 'accept') Y.applyUpdate(document, verdict.bytes);
	return verdict;
}

describe('hostile updates', { timeout: 900_000 }, () => {
	it('G1, G6: bring in nothing but plain text under the granted clientID, and no fault', () => {
		const verdicts = new Map<string, number>();
		const numRuns = times(2_000, 50_000);
		let runs = 0;
		let heapEarly = 0;
		fc.assert(
			fc.property(fc.array(hostileUpdate, { minLength: 1, maxLength: 5, size: 'max' }), (updates) => {
				const document = emptyDocument(1);
				Y.applyUpdate(document, baseState);
				const others = statesOfOthers(document);
				for (const update of updates) {
					const verdict = submit(update, document, attackerId);
					const kind = verdict.verdict === 'refuse' ? verdict.code : verdict.verdict;
					verdicts.set(kind, (verdicts.get(kind) ?? 0) + 1);
				}
				expect(statesOfOthers(document)).toEqual(others);
				expectPlainTexts(document);
				const replica = emptyDocument(7);
				Y.applyUpdate(replica, Y.encodeStateAsUpdate(document));
				expect(textsOf(replica)).toEqual(textsOf(document));
				runs += 1;
				if (runs === Math.floor(numRuns / 5)) heapEarly = heapBytes();
			}),
			{ numRuns, seed },
		);
		expect(heapBytes() - heapEarly).toBeLessThan(32 * 1024 * 1024);
		expect([...verdicts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(numRuns * 2);
		// Every answer of the gate comes up, but those that take a text of its own to come about.
		expect([...verdicts.keys()].toSorted()).toEqual(
			expect.arrayContaining([
				'accept',
				'emptySection',
				'emptyStruct',
				'foreignStruct',
				'futureDelete',
				'insideSurrogatePair',
				'known',
				'malformed',
				'originsApart',
				'originsCrossed',
				'repeatedSection',
				'resync',
				'textTooLong',
				'tooLarge',
				'unknownOrigin',
				'unknownRoot',
				'unreadableText',
			]),
		);
	});

	it('G6: of somebody who was granted nothing leave every text and every state alone, but for deletions', () => {
		fc.assert(
			fc.property(hostileUpdate, (update) => {
				const document = emptyDocument(1);
				Y.applyUpdate(document, baseState);
				const states = Y.encodeStateVector(document);
				const texts = textsOf(document);
				const verdict = submit(update, document, 0);
				if (verdict.verdict !== 'accept') return;
				const after = Y.decodeStateVector(Y.encodeStateVector(document));
				after.delete(0);
				expect(after).toEqual(Y.decodeStateVector(states));
				if (!document.store.clients.has(0))
					for (const [index, text] of textsOf(document).entries())
						expect(isThinned(text, texts[index] ?? '')).toBe(true);
			}),
			{ numRuns: times(1_000, 20_000), seed },
		);
	});
});

/** Whether a text is what is left of another when units are taken out. */
function isThinned(rest: string, whole: string): boolean {
	let at = 0;
	for (const unit of whole) if (rest.startsWith(unit, at)) at += unit.length;
	return at === rest.length;
}
