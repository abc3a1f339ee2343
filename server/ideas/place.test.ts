import { expect, test } from 'vitest';

import { placeBefore } from './place.ts';

const row = (id: string, order: number) => ({ id, order });

test('without a neighbour, the end', () => {
	expect(placeBefore(undefined, [row('a', 1), row('b', 5)])).toEqual({ order: 6, renumbered: [] });
	expect(placeBefore(undefined, [])).toEqual({ order: 1, renumbered: [] });
});

test('before a neighbour, halfway to the one before it', () => {
	expect(placeBefore('b', [row('b', 3), row('a', 1)]).order).toBe(2);
	expect(placeBefore('a', [row('b', 3), row('a', 1)]).order).toBe(0);
});

test('a neighbour that is gone means the end', () => {
	expect(placeBefore('gone', [row('a', 1)]).order).toBe(2);
});

test('a gap without another number in it makes the neighbours start again at 1', () => {
	const tight = [row('a', 1), row('b', 1 + Number.EPSILON), row('c', 2)];
	const { order, renumbered } = placeBefore('b', tight);
	expect(order).toBe(2);
	expect(renumbered).toEqual([row('a', 1), row('b', 3), row('c', 4)]);
});

test('a hundred moves into the same gap keep a strict order', () => {
	let rows = [row('first', 1), row('last', 2)];
	for (let count = 0; count < 100; count += 1) {
		const { order, renumbered } = placeBefore('last', rows);
		const changed = new Map(renumbered.map((one) => [one.id, one]));
		rows = [...rows.map((one) => changed.get(one.id) ?? one), row(String(count), order)];
	}
	const sorted = [...rows].sort((left, right) => left.order - right.order);
	expect(sorted.map(({ id }) => id)).toEqual(['first', ...Array.from({ length: 100 }, (_, n) => String(n)), 'last']);
	expect(new Set(rows.map(({ order }) => order)).size).toBe(102);
});
