import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { applyPatch, diff } from './json-patch.ts';

/** Records of records down to scalars and arrays, as views are. */
const view = fc.letrec<{ node: unknown; record: object }>((tie) => ({
	node: fc.oneof(
		{ maxDepth: 4, depthSize: 'small' },
		fc.constantFrom(null, true, false, 0, 1, 'a', 'b'),
		fc.array(fc.constantFrom(1, 2, null, 'x'), { maxLength: 3 }),
		tie('record'),
	),
	record: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'toString', ''), tie('node'), { noNullPrototype: true }),
})).record;

describe('a patch', () => {
	test('leads from any view to any other', () => {
		fc.assert(
			fc.property(view, view, (before, after) => {
				const target = structuredClone(before);
				applyPatch(target, structuredClone(diff(before, after)));
				expect(target).toEqual(after);
			}),
			{ numRuns: 2000 },
		);
	});

	test('between equal views is empty', () => {
		fc.assert(
			fc.property(view, (value) => {
				expect(diff(value, structuredClone(value))).toEqual([]);
			}),
		);
	});

	test('holds only what changed', () => {
		const before = { tables: { a: { name: 'One', people: 1 }, b: { name: 'Two', people: 0 } }, timer: null };
		const after = { tables: { a: { name: 'One', people: 2 }, b: { name: 'Two', people: 0 } }, timer: null };
		expect(diff(before, after)).toEqual([[['tables', 'a', 'people'], 2]]);
	});

	test('tells an absent key from a null', () => {
		expect(diff({ a: null }, {})).toEqual([[['a']]]);
		expect(diff({}, { a: null })).toEqual([[['a'], null]]);
	});
});

describe('a patch that does not fit', () => {
	test.each([
		['a missing parent', [[['gone', 'x'], 1]]],
		['a parent that is no record', [[['list', '0'], 1]]],
		['no path at all', [[[], 1]]],
		['the prototype', [[['__proto__', 'polluted'], 1]]],
		['the prototype itself', [[['__proto__'], {}]]],
	] as [string, Parameters<typeof applyPatch>[1]][])('is refused: %s', (_name, patch) => {
		expect(() => applyPatch({ list: [1] }, patch)).toThrow(RangeError);
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});
});
