import { describe, expect, test } from 'vitest';

import { addToTimer, pauseTimer, remainingMs, resumeTimer, startTimer, timerPhase } from './timer.ts';

const minute = 60_000;

describe('a timer', () => {
	test('runs, rests and runs on', () => {
		const started = startTimer(10 * minute, 0);
		expect(remainingMs(started, 4 * minute)).toBe(6 * minute);
		const paused = pauseTimer(started, 4 * minute);
		expect(remainingMs(paused, 60 * minute)).toBe(6 * minute);
		expect(remainingMs(resumeTimer(paused, 60 * minute), 61 * minute)).toBe(5 * minute);
	});

	test('takes more time, running or paused, and never less than none', () => {
		const started = startTimer(10 * minute, 0);
		expect(remainingMs(addToTimer(started, 5 * minute, minute), minute)).toBe(14 * minute);
		expect(remainingMs(addToTimer(pauseTimer(started, minute), minute, 2 * minute), 0)).toBe(10 * minute);
		expect(remainingMs(addToTimer(started, -60 * minute, minute), minute)).toBe(0);
	});

	test('that had run out gets the added time from now', () => {
		const over = startTimer(minute, 0);
		expect(remainingMs(addToTimer(over, minute, 5 * minute), 5 * minute)).toBe(minute);
	});

	test.each([
		[0, 'calm'],
		[7.9, 'calm'],
		[8, 'soon'],
		[9.5, 'urgent'],
		[10, 'over'],
		[11, 'over'],
	] as const)('of ten minutes is, after %d, %s', (minutes, phase) => {
		expect(timerPhase(startTimer(10 * minute, 0), minutes * minute)).toBe(phase);
	});
});
