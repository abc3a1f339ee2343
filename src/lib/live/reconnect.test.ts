import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Reconnect } from './reconnect.ts';

describe('coming back', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	function pauses(reconnect: Reconnect, attempt: () => number, count: number): number[] {
		return Array.from({ length: count }, () => {
			const before = attempt();
			reconnect.schedule();
			for (let waitedMs = 0; ; waitedMs += 1) {
				if (attempt() > before) return waitedMs;
				vi.advanceTimersByTime(1);
			}
		});
	}

	it('takes longer each time up to a limit, at random, and is quick again after a success', () => {
		const attempt = vi.fn<() => void>();
		const reconnect = new Reconnect(attempt, { firstMs: 100, longestMs: 1_000 });
		const waited = pauses(reconnect, () => attempt.mock.calls.length, 8);
		for (const [index, ms] of waited.entries()) {
			const limit = Math.min(1_000, 100 * 2 ** index);
			expect(ms).toBeGreaterThanOrEqual(limit / 2);
			expect(ms).toBeLessThanOrEqual(limit + 1);
		}
		expect(new Set(waited.slice(4)).size).toBeGreaterThan(1);
		reconnect.succeeded();
		expect(pauses(reconnect, () => attempt.mock.calls.length, 1)[0]).toBeLessThanOrEqual(101);
	});

	it('does not happen after it was stopped', () => {
		const attempt = vi.fn<() => void>();
		const reconnect = new Reconnect(attempt);
		reconnect.schedule();
		reconnect.stop();
		vi.advanceTimersByTime(60_000);
		expect(attempt).not.toHaveBeenCalled();
	});
});
