import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { canonicalJson, hashOf } from './canonical-json.ts';

test('the order of keys makes no difference, the order of a list does', () => {
	expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'é' } })).toBe('{"a":{"c":"é","d":null},"b":[2,1]}');
	expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }));
	expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
});

test('what is absent and what is null are different things', () => {
	expect(canonicalJson({ a: undefined })).toBe('{}');
	expect(canonicalJson({ a: null })).toBe('{"a":null}');
});

test('it is JSON of the same value', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const plain: unknown = JSON.parse(JSON.stringify(value));
			expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
		}),
	);
});
