import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { tableId } from '#lib/domain/ids.ts';
import { memoryStorage } from '#lib/live/device-storage.ts';
import { LiveSession } from '#lib/live/live-session.svelte.ts';
import { randomId } from '#lib/live/random-id.ts';

import { Applause } from './applause.svelte.ts';

const table = tableId.parse(randomId());

function phone() {
	const session = new LiveSession({ audience: 'participant', workshop: '48210937', storage: memoryStorage() });
	const send = vi.spyOn(session, 'send').mockResolvedValue({ ok: true, result: {} });
	const bundles = () => send.mock.calls.map(([, payload]) => Reflect.get(payload, 'claps') as number);
	return { applause: new Applause(session, table), bundles };
}

function clapTimes(applause: Applause, times: number): void {
	for (let clap = 0; clap < times; clap += 1) applause.clap();
}

describe('applause from a phone', () => {
	beforeEach(() => vi.useFakeTimers());
	afterEach(() => vi.useRealTimers());

	it('counts every tap at once, and sends those in quick succession together', () => {
		const { applause, bundles } = phone();
		clapTimes(applause, 7);
		expect(applause.given).toBe(7);
		expect(bundles()).toEqual([]);
		vi.advanceTimersByTime(500);
		expect(bundles()).toEqual([7]);
		expect(applause.waiting).toBe(0);
	});

	it('sends at most twenty at most every two seconds', () => {
		const { applause, bundles } = phone();
		clapTimes(applause, 45);
		vi.advanceTimersByTime(500);
		expect(bundles()).toEqual([20]);
		vi.advanceTimersByTime(1_800);
		expect(bundles()).toEqual([20]);
		vi.advanceTimersByTime(4_000);
		expect(bundles()).toEqual([20, 20, 5]);
	});

	it('hears nobody who leans on the button', () => {
		const { applause } = phone();
		clapTimes(applause, 500);
		expect(applause.given).toBe(60);
	});

	it('hands over the last taps when the next table is called', () => {
		const { applause, bundles } = phone();
		clapTimes(applause, 3);
		applause.close();
		vi.advanceTimersByTime(5_000);
		expect(bundles()).toEqual([3]);
	});
});
