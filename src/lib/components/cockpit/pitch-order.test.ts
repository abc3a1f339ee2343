import { describe, expect, it } from 'vitest';

import type { TableId } from '#lib/domain/ids.ts';

import { movedBy, nextPitch } from './pitch-order.ts';

const [one, two, three] = [1, 2, 3].map((number) => `00000000-0000-4000-8000-00000000000${String(number)}`) as [
	TableId,
	TableId,
	TableId,
];
const order = [one, two, three];
const nobody: ReadonlySet<TableId> = new Set();

describe('the queue of pitches', () => {
	it('goes on after the table at the front', () => {
		expect(nextPitch({ order, current: null, applause: {} }, nobody)).toBe(one);
		expect(nextPitch({ order, current: one, applause: {} }, nobody)).toBe(two);
		expect(nextPitch({ order, current: three, applause: { [one]: 4, [two]: 9 } }, nobody)).toBeNull();
	});

	it('calls nobody twice, and comes back to who was passed over', () => {
		expect(nextPitch({ order, current: null, applause: { [one]: 12 } }, nobody)).toBe(two);
		expect(nextPitch({ order, current: null, applause: {} }, new Set([one, two]))).toBe(three);
		expect(nextPitch({ order, current: three, applause: {} }, new Set([two]))).toBe(one);
	});

	it('is put into another order one place at a time', () => {
		expect(movedBy(order, three, -1)).toEqual([one, three, two]);
		expect(movedBy(order, one, 1)).toEqual([two, one, three]);
		expect(movedBy(order, one, -1)).toEqual(order);
	});
});
