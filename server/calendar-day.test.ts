import { expect, test } from 'vitest';

import { calendarDay } from './calendar-day.ts';

test('a day begins at midnight where the programme happens', () => {
	expect(calendarDay(new Date('2026-06-06T21:59:59Z'))).toBe('2026-06-06');
	expect(calendarDay(new Date('2026-06-06T22:00:00Z'))).toBe('2026-06-07');
	expect(calendarDay(new Date('2026-01-05T23:00:00Z'))).toBe('2026-01-06');
});
