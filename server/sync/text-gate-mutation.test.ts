import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';

import { annaId, gateCases, type GateCase } from './testing/gate-cases.ts';
import { gateSources, loadGate, type Check, type Sources } from './testing/gate-source.ts';
import { mutationsOf } from './testing/mutate-source.ts';
import { randomUpdates } from './testing/random-places.ts';

/** Mutants that behave like the original, and why they do. */
const equivalent: Readonly<Record<string, string>> = {
	'text-gate.ts #rootOf: root === undefined || roots.some((other) => other !== root) → (roots.some((other) => other !== root))':
		'the reader gives a name to every struct without origins, so there is always a root',
	'text-places.ts find: item instanceof Y.Item && item.parent instanceof Y.Text → (item.parent instanceof Y.Text)':
		'only items have a parent; the compiler wants to hear it',
	'text-places.ts #placeOf: next === right → false': 'it saves making two sets',
	...Object.fromEntries(
		[
			'#placeOf: next !== null && next !== right → (next !== right)',
			'#placeOf: next === null || barriers.includes(next) → (barriers.includes(next))',
		].map((name) => [
			`text-places.ts ${name}`,
			'the right origin of the left one is a barrier, even if it is the end of the text',
		]),
	),
	'text-places.ts #placeOf: left === null || right === null → (left === null)':
		'who has no right origin stands beside one that has none either, or is beyond it',
	...Object.fromEntries(
		[
			'#endingAt: piece !== null && id !== null → (id !== null)',
			'#endingAt: piece !== null && id !== null → (piece !== null)',
			'#startingAt: piece === null || id === null → (id === null)',
			'#startingAt: piece === null || id === null → (piece === null)',
		].map((name) => [`text-places.ts ${name}`, 'whoever puts a struct has found its origins: both are null, or none']),
	),
	'text-places.ts #pieceAt: pieces[indexAt(pieces, unit.offset, startOf)] ?? null → pieces[indexAt(pieces, unit.offset, startOf)]':
		'every unit of something inserted is in one of its pieces',
	'text-places.ts #split: at === piece.from || at === piece.until → (at === piece.until)':
		'a piece without units is followed by the one that is sought, and never found itself',
	'text-places.ts #findFresh: struct === undefined → false': 'there is one from the first clock to the next',
	'text-places.ts indexAt: in low = 0: 0 → 1': 'the first element never starts after what is sought',
	'text-places.ts indexAt: element !== undefined && startOf(element) <= at → (startOf(element) <= at)':
		'the middle of a list is in it',
	'update-reader.ts #byte: byte === undefined → false':
		'a byte past the end is no end of an integer: it is malformed all the same',
	"update-reader.ts #byte: throw new MalformedUpdate('ends early'); → ;":
		'a byte past the end is no end of an integer: it is malformed all the same',
	'update-reader.ts #string: end > this.#bytes.length → end >= this.#bytes.length':
		'no update ends with a string: the number of clients with deletions comes after it',
	...Object.fromEntries(
		['1024 → 1025', '256 → 257'].map((change) => [
			`update-writer.ts module: in 256 * 1024: ${change}`,
			'what fits into a buffer fits into a larger one',
		]),
	),
};

type Case = Pick<GateCase, 'document' | 'update'> & { readonly writer: number };

const cases: readonly Case[] = [
	...gateCases.map((gateCase) => ({ ...gateCase, writer: annaId })),
	...randomUpdates(600),
];
const documents = new Map<GateCase['document'], Y.Doc>();

/** A case's document; no check changes it. */
function documentOf({ document }: Case): Y.Doc {
	const known = documents.get(document) ?? document();
	documents.set(document, known);
	return known;
}

/** What a gate does with a case: its verdict, and all that will be applied. */
function outcomeOf(check: Check, gateCase: Case): string {
	try {
		const verdict = check(gateCase.update, documentOf(gateCase), { clientId: gateCase.writer });
		if (verdict.verdict !== 'accept') return JSON.stringify(verdict);
		return `accepts ${Buffer.from(verdict.bytes).toString('base64')}`;
	} catch (error) {
		return `throws ${String(error)}`;
	}
}

const expected = new Map<Case, string>();

/** Whether some case tells these sources from the original ones. */
function isNoticed(sources: Sources): boolean {
	const check = loadGate(sources);
	return cases.some((gateCase) => outcomeOf(check, gateCase) !== expected.get(gateCase));
}

describe('the gate without one of its checks', () => {
	const sources = gateSources();
	const original = loadGate(sources);
	for (const gateCase of cases) expected.set(gateCase, outcomeOf(original, gateCase));
	const mutants = [...sources].flatMap(([file, source]) =>
		mutationsOf(file, source).map((mutation) => ({ file, ...mutation })),
	);

	it('is told from the original by the cases, each of its mutants', { timeout: 120_000 }, () => {
		const unnoticed = mutants
			.filter(({ file, source }) => !isNoticed(new Map([...sources, [file, source]])))
			.map(({ file, name }) => `${file} ${name}`);
		expect(unnoticed.toSorted()).toEqual(Object.keys(equivalent).toSorted());
	});
});
