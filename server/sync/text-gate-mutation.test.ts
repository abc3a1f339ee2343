import { runInThisContext } from 'node:vm';

import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';

import { gateCases, annaId, type GateCase } from './testing/gate-cases.ts';
import { gateSources, loadGate, type Check, type Sources } from './testing/gate-source.ts';
import { mutationsOf } from './testing/mutate-source.ts';

/** Mutants that behave like the original, and why they do. */
const equivalent: Readonly<Record<string, string>> = {
	'text-gate.ts #find: item instanceof Y.Item && item.parent instanceof Y.Text → (item.parent instanceof Y.Text)':
		'only items have a parent; the compiler wants to hear it',
	'text-gate.ts #rootOf: root === undefined || roots.some((other) => other !== root) → (roots.some((other) => other !== root))':
		'the reader gives a name to every struct without origins, so there is always a root',
	'update-reader.ts #byte: byte === undefined → false':
		'a byte past the end is no end of an integer: it is malformed all the same',
	"update-reader.ts #byte: throw new MalformedUpdate('ends early'); → ;":
		'a byte past the end is no end of an integer: it is malformed all the same',
	'update-reader.ts #string: end > this.#bytes.length → end >= this.#bytes.length':
		'no update ends with a string: the number of clients with deletions comes after it',
};

const documents = new Map<GateCase['document'], Y.Doc>();

/** A case's document; no check changes it. */
function documentOf({ document }: GateCase): Y.Doc {
	const known = documents.get(document) ?? document();
	documents.set(document, known);
	return known;
}

/** What a gate does with a case: its verdict, and all that will be applied. */
function outcomeOf(check: Check, gateCase: GateCase): string {
	try {
		const verdict = check(gateCase.update, documentOf(gateCase), { clientId: annaId });
		if (verdict.verdict !== 'accept') return JSON.stringify(verdict);
		return `accepts ${Buffer.from(verdict.bytes).toString('base64')}`;
	} catch (error) {
		return `throws ${String(error)}`;
	}
}

const expected = new Map<GateCase, string>();

/** Whether some case tells these sources from the original ones; endless running tells them apart too. */
function isNoticed(sources: Sources): boolean {
	const compare = () => {
		const check = loadGate(sources);
		return gateCases.some((gateCase) => outcomeOf(check, gateCase) !== expected.get(gateCase));
	};
	try {
		return inTime(compare);
	} catch {
		return true;
	}
}

function inTime(compare: () => boolean): boolean {
	Object.assign(globalThis, { compare });
	return runInThisContext('compare()', { timeout: 500 }) as boolean;
}

describe('the gate without one of its checks', () => {
	const sources = gateSources();
	const original = loadGate(sources);
	for (const gateCase of gateCases) expected.set(gateCase, outcomeOf(original, gateCase));
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
