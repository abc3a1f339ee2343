import { describe, expect, it } from 'vitest';

import { durationOf, durationText } from './duration-text.ts';

describe('a time that is typed', () => {
	it.each([
		['7', 420_000],
		[' 7,5 ', 450_000],
		['7.5', 450_000],
		['7:30', 450_000],
		['0:20', 20_000],
		['480', 28_800_000],
	])('%j is read as minutes', (text, durationMs) => {
		expect(durationOf(text)).toBe(durationMs);
	});

	it.each(['', '0', '-3', '481', '7:60', 'soon', '1e3'])('%j is none', (text) => {
		expect(durationOf(text)).toBeNull();
	});

	it('is written as it would be typed', () => {
		expect(durationText(450_000)).toBe('7:30');
		expect(durationText(300_000)).toBe('5');
	});
});
