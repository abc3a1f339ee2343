import { expect, test } from 'vitest';

import { shuffle } from './close-round.ts';

test('a shuffle keeps every item once and leaves its input alone', () => {
	const items = Array.from({ length: 100 }, (_, index) => index);
	const shuffled = shuffle(items);
	expect(shuffled).not.toEqual(items);
	expect(shuffled.toSorted((one, other) => one - other)).toEqual(items);
	expect(items[0]).toBe(0);
});

test('each item lands on each place about equally often', () => {
	const rounds = 6_000;
	const seen = new Map<string, number>();
	for (let round = 0; round < rounds; round += 1) {
		const order = shuffle(['a', 'b', 'c']).join('');
		seen.set(order, (seen.get(order) ?? 0) + 1);
	}
	expect(seen.size).toBe(6);
	// Six orders of 1,000 each; 180 is about six standard deviations.
	for (const count of seen.values()) expect(Math.abs(count - rounds / 6)).toBeLessThan(180);
});
