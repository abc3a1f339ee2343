import { describe, expect, it } from 'vitest';

import { moved, placeAt } from './list-order.ts';

describe('moving in a list', () => {
	it('puts a member at another place and keeps the others in their order', () => {
		expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
		expect(moved(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c']);
	});

	it('stays within the list', () => {
		expect(moved(['a', 'b'], 0, 9)).toEqual(['b', 'a']);
		expect(moved(['a', 'b'], 1, -1)).toEqual(['b', 'a']);
		expect(moved(['a', 'b'], 7, 0)).toEqual(['a', 'b']);
	});

	it('finds the place of a dragged row among the others', () => {
		const middles = [50, 150, 250, 350];
		expect(placeAt(middles, 0, 60)).toBe(0);
		expect(placeAt(middles, 0, 260)).toBe(2);
		expect(placeAt(middles, 3, 40)).toBe(0);
		expect(placeAt(middles, 1, 1000)).toBe(3);
	});
});
