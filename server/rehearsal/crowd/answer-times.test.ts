import { expect, it } from 'vitest';

import { AnswerTimes } from './answer-times.ts';

it('tells the times that half, most and all of the answers did not exceed', () => {
	const times = new AnswerTimes();
	for (let milliseconds = 1; milliseconds <= 200; milliseconds += 1) times.add(milliseconds);
	expect(times.summary).toEqual({ p50: 100, p95: 190, p99: 198, max: 200 });
});

it('rounds to milliseconds, and counts what took longer than a minute as a minute', () => {
	const times = new AnswerTimes();
	for (const milliseconds of [1.4, 1.6, 1.6, 90_000]) times.add(milliseconds);
	expect(times.summary).toEqual({ p50: 2, p95: 60_000, p99: 60_000, max: 60_000 });
});

it('tells nothing before the first answer', () => {
	expect(new AnswerTimes().summary).toBeNull();
});
