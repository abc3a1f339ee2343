import { describe, expect, it } from 'vitest';

import type { TableId } from '#lib/domain/ids.ts';

import { sitDown } from './testing/cockpit-at-work.ts';
import { facilitatorView, testId, testTable } from './testing/facilitator-view.ts';
import { Timekeeping } from './timekeeping.ts';

const table = testId<TableId>(20);

describe('the time of the room', () => {
	it('starts with the time of the step', () => {
		const { server, cockpit } = sitDown();
		void cockpit.time.startOrPause();
		expect(server.received[0]).toMatchObject({ name: 'timer.start', payload: { durationMs: 600_000 } });
	});

	it('goes on where it was paused', () => {
		const timer = { state: 'paused', remainingMs: 1_000, durationMs: 600_000 } as const;
		const { server, cockpit } = sitDown(facilitatorView({ timer }));
		void cockpit.time.startOrPause();
		expect(server.received[0]).toMatchObject({ name: 'timer.resume', payload: {} });
	});

	it('keeps what is said beside it when it starts anew', () => {
		const timer = { state: 'running', endsAt: 1, durationMs: 60_000, text: 'Soup', sound: true } as const;
		const { server, cockpit } = sitDown(facilitatorView({ timer }));
		void cockpit.time.restart();
		expect(server.received[0]?.payload).toEqual({ durationMs: 600_000, text: 'Soup', sound: true });
	});

	it('can be lengthened and shortened, and begins with the minutes that are added to none', async () => {
		const timer = { state: 'running', endsAt: 1, durationMs: 60_000 } as const;
		const running = sitDown(facilitatorView({ timer }));
		void running.cockpit.time.add(-1);
		expect(running.server.received[0]).toMatchObject({ name: 'timer.add', payload: { milliseconds: -60_000 } });
		const { server, cockpit } = sitDown();
		await cockpit.time.add(-1);
		expect(server.received).toEqual([]);
		void cockpit.time.add(5);
		expect(server.received[0]).toMatchObject({ name: 'timer.start', payload: { durationMs: 300_000 } });
	});
});

describe('the time of one table', () => {
	it('is its own, and named in what is asked', () => {
		const timer = { state: 'running', endsAt: 1, durationMs: 60_000 } as const;
		const { server, cockpit } = sitDown(facilitatorView({ tables: { [table]: testTable(0, { timer }) } }));
		const time = new Timekeeping(cockpit, table);
		expect(time.timer).toEqual(timer);
		expect(cockpit.time.timer).toBeNull();
		void time.startOrPause();
		expect(server.received[0]).toMatchObject({ name: 'timer.pause', payload: { tableId: table } });
		expect(time.busy).toBe(true);
		expect(cockpit.time.busy).toBe(false);
	});
});
