import { describe, expect, it } from 'vitest';

import { startTimer } from '#lib/domain/timer.ts';

import { EndOfTime } from './end-of-time.ts';

const audible = startTimer(60_000, 0, { sound: true });

describe('the end of the time', () => {
	it('is heard once, when it comes', () => {
		const end = new EndOfTime();
		expect(end.strikes(audible, 59_000)).toBe(false);
		expect(end.strikes(audible, 60_000)).toBe(true);
		expect(end.strikes(audible, 61_000)).toBe(false);
	});

	it('isn’t heard by who comes back long after', () => {
		const end = new EndOfTime();
		expect(end.strikes(audible, 90_000)).toBe(false);
		expect(end.strikes(audible, 91_000)).toBe(false);
	});

	it('is heard again after minutes were added', () => {
		const end = new EndOfTime();
		expect(end.strikes(audible, 60_000)).toBe(true);
		expect(end.strikes(startTimer(60_000, 61_000, { sound: true }), 121_000)).toBe(true);
	});

	it('stays silent where nobody asked for a sound, and while the time stands still', () => {
		const end = new EndOfTime();
		expect(end.strikes(startTimer(60_000, 0), 60_000)).toBe(false);
		expect(end.strikes({ state: 'paused', remainingMs: 0, durationMs: 60_000, sound: true }, 60_000)).toBe(false);
		expect(end.strikes(null, 60_000)).toBe(false);
	});
});
