import { describe, expect, it } from 'vitest';

import { agendaTimes, hoursAndMinutes } from './agenda-times.ts';

describe('the agenda on the clock', () => {
	it('lays the steps one after the other from the beginning', () => {
		expect(agendaTimes([{ durationMs: 60 }, { durationMs: 0 }, { durationMs: 40 }], 1000)).toEqual([
			{ startsAt: 1000, endsAt: 1060 },
			{ startsAt: 1060, endsAt: 1060 },
			{ startsAt: 1060, endsAt: 1100 },
		]);
	});

	it('has no times while the beginning is not known', () => {
		expect(agendaTimes([{ durationMs: 60 }], null)).toEqual([{ startsAt: null, endsAt: null }]);
	});

	it('reads durations in hours and minutes', () => {
		expect(hoursAndMinutes(150 * 60_000)).toEqual({ hours: 2, minutes: 30 });
		expect(hoursAndMinutes(59 * 60_000 + 40_000)).toEqual({ hours: 1, minutes: 0 });
	});
});
