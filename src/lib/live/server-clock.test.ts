import { describe, expect, it } from 'vitest';

import { ServerClock } from './server-clock.ts';

describe('the server clock', () => {
	it('is the device’s own until the server has spoken', () => {
		expect(new ServerClock(() => 5_000).now()).toBe(5_000);
	});

	it('believes the message that travelled fastest', () => {
		let local = 0;
		const clock = new ServerClock(() => local);
		const serverAhead = 60_000;
		for (const delay of [400, 30, 250]) {
			local += 1_000;
			clock.observe(local + serverAhead - delay);
		}
		expect(clock.now()).toBe(local + serverAhead - 30);
	});

	it('forgets old messages, so that a device whose clock was set comes right', () => {
		let local = 1_000_000;
		const clock = new ServerClock(() => local);
		clock.observe(2_000_000);
		local = 1_500_000;
		for (let message = 0; message < 16; message += 1) clock.observe(1_500_100);
		expect(clock.now()).toBe(1_500_100);
	});

	it('believes at once that a clock was set back', () => {
		const clock = new ServerClock(() => 10_000_000);
		for (let message = 0; message < 16; message += 1) clock.observe(10_000_000);
		const anHour = 3_600_000;
		clock.observe(10_000_000 - anHour);
		expect(clock.now()).toBe(10_000_000 - anHour);
		clock.observe(10_000_000);
		expect(clock.now()).toBe(10_000_000);
	});
});
