import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { reloadWhenReachable, type ReloadingPage } from './reload-when-reachable.ts';

describe('fetching a page anew', () => {
	let there: boolean;
	let asked: number;
	let reloaded: number[];
	let earlier: readonly number[];
	let page: ReloadingPage;
	beforeEach(() => {
		vi.useFakeTimers({ now: 10_000_000 });
		there = true;
		asked = 0;
		reloaded = [];
		earlier = [];
		page = {
			isThere: () => {
				asked += 1;
				return Promise.resolve(there);
			},
			reload: () => reloaded.push(Date.now()),
			reloads: () => earlier,
			remember: (reloads) => (earlier = reloads),
			now: () => Date.now(),
		};
	});
	afterEach(() => vi.useRealTimers());

	it('waits until the server gives it, and asks less and less often', async () => {
		there = false;
		reloadWhenReachable(page);
		await vi.advanceTimersByTimeAsync(10 * 60_000);
		expect(reloaded).toEqual([]);
		expect(asked).toBeGreaterThan(5);
		expect(asked).toBeLessThan(30);
		there = true;
		await vi.advanceTimersByTimeAsync(90_000);
		expect(reloaded).toHaveLength(1);
		expect(earlier).toEqual(reloaded);
	});

	it('is quick the first time, and slow after many', async () => {
		reloadWhenReachable(page);
		await vi.advanceTimersByTimeAsync(2_000);
		expect(reloaded).toHaveLength(1);
		earlier = Array.from({ length: 6 }, () => Date.now());
		reloadWhenReachable(page);
		await vi.advanceTimersByTimeAsync(20_000);
		expect(reloaded).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(100_000);
		expect(reloaded).toHaveLength(2);
	});

	it('can be given up', async () => {
		const giveUp = reloadWhenReachable(page);
		giveUp();
		await vi.advanceTimersByTimeAsync(60_000);
		expect(reloaded).toEqual([]);
	});
});
