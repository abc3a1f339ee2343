import { describe, expect, it } from 'vitest';

import { slowestRate, windowsWithActivity, type Reading } from './update-rate.ts';

/** A report a second, with so much acknowledged since the one before. */
function readings(...acknowledged: number[]): Reading[] {
	let sum = 0;
	return acknowledged.map((count, second) => ({ at: second * 1000, acknowledged: (sum += count) }));
}

describe('windows with activity', () => {
	it('are the whole five seconds of a span in which much is acknowledged all the time', () => {
		const busy = readings(...Array.from({ length: 14 }, () => 5));
		expect(windowsWithActivity([{ from: 1000, to: 12_500 }], busy)).toEqual([
			{ from: 1000, to: 6000 },
			{ from: 6000, to: 11_000 },
		]);
	});

	it('leave out five seconds with a quiet one', () => {
		const quiet = readings(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 4, 9, 9, 9, 9, 9);
		expect(windowsWithActivity([{ from: 0, to: 15_000 }], quiet)).toEqual([{ from: 0, to: 5000 }]);
	});

	it('leave out what the crowd told nothing about', () => {
		expect(windowsWithActivity([{ from: 60_000, to: 70_000 }], readings(9, 9, 9))).toEqual([]);
	});
});

describe('the slowest rate', () => {
	it('is that of the window with the fewest updates', () => {
		const windows = [
			{ from: 0, to: 5000 },
			{ from: 5000, to: 10_000 },
		];
		const updates = [0, 250, 500, 4999, 5000, 6000, 7000, 8000, 9000, 9500, 10_000];
		expect(slowestRate(updates, windows)).toBe(0.8);
	});

	it('is none without windows', () => {
		expect(slowestRate([1, 2], [])).toBeNaN();
	});
});
