import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { resultPages } from './result-pages.ts';

describe('the pages of a result', () => {
	it('hold fewer options the more words they have', () => {
		expect(
			resultPages(
				Array.from({ length: 4 }, () => 'Garten'),
				'',
			),
		).toEqual([{ from: 0, count: 4 }]);
		expect(
			resultPages(
				Array.from({ length: 4 }, () => 'Garten '.repeat(25)),
				'',
			),
		).toEqual([
			{ from: 0, count: 2 },
			{ from: 2, count: 2 },
		]);
	});

	it('leave room for the reason', () => {
		const labels = Array.from({ length: 3 }, () => 'Garten '.repeat(12));
		expect(resultPages(labels, '').map(({ count }) => count)).toEqual([3]);
		expect(resultPages(labels, 'Weil es sofort geht.').map(({ count }) => count)).toEqual([2, 1]);
	});

	it('are one, for the turnout, where nothing stands on it', () => {
		expect(resultPages([], '')).toEqual([{ from: 0, count: 0 }]);
	});

	it('hold every option once, in order', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ maxLength: 400 }), { minLength: 1 }), fc.string(), (labels, reason) => {
				let next = 0;
				for (const { from, count } of resultPages(labels, reason)) {
					expect(from).toBe(next);
					expect(count).toBeGreaterThan(0);
					next += count;
				}
				expect(next).toBe(labels.length);
			}),
		);
	});
});
