import { expect, it } from 'vitest';

import { pauseTimer, readyTimer, startTimer } from '#lib/domain/timer.ts';

import { goesOnAt } from './goes-on-at.ts';
import { sampleEvening } from './testing/sample-evening.ts';

const minute = 60_000;
const pause = { ...sampleEvening({ kind: 'break' }), stepStartedAt: 10 * minute };

it('goes on when the running time is over, on the full minute', () => {
	expect(goesOnAt({ ...pause, timer: startTimer(15 * minute, 10 * minute + 1) })).toBe(26 * minute);
});

it('goes on after the planned time while no other one runs', () => {
	expect(goesOnAt(pause)).toBe(20 * minute);
	expect(goesOnAt({ ...pause, timer: readyTimer(10 * minute) })).toBe(20 * minute);
});

it('is not known while the time is held or nothing has begun', () => {
	const held = pauseTimer(startTimer(15 * minute, 10 * minute), 12 * minute);
	expect(goesOnAt({ ...pause, timer: held })).toBeNull();
	expect(goesOnAt({ ...pause, stepStartedAt: null })).toBeNull();
});
