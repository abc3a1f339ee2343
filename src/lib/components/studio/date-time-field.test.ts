import { describe, expect, it } from 'vitest';

import { fromLocalInput, toLocalInput } from './date-time-field.ts';

describe('a date with its time in a form', () => {
	it('goes there and back without moving', () => {
		const iso = '2026-06-06T16:30:00.000Z';
		expect(fromLocalInput(toLocalInput(iso))).toBe(iso);
	});

	it('may be left open', () => {
		expect(toLocalInput(null)).toBe('');
		expect(fromLocalInput('')).toBeNull();
		expect(fromLocalInput('soon')).toBeNull();
	});
});
