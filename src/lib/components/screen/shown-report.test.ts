import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IdeaId } from '#lib/domain/ids.ts';

import { ShownReport } from './shown-report.ts';
import { sampleIdeaId } from './testing/sample-evening.ts';

const [one, two, three] = [sampleIdeaId(1), sampleIdeaId(2), sampleIdeaId(3)];

describe('telling what was shown', () => {
	let told: IdeaId[][];
	let connected: boolean;
	let settled: boolean;
	let report: ShownReport;
	beforeEach(() => {
		vi.useFakeTimers();
		told = [];
		connected = true;
		settled = true;
		report = new ShownReport({
			connected: () => connected,
			now: () => Date.now(),
			send: (ideaIds) => {
				told.push(ideaIds);
				return Promise.resolve(settled);
			},
		});
		report.start();
	});
	afterEach(() => {
		report.stop();
		vi.useRealTimers();
	});

	it('gathers what was there for four seconds, and tells each once', async () => {
		report.look([one, two]);
		await vi.advanceTimersByTimeAsync(5_000);
		expect(told).toEqual([[one, two]]);
		report.look([two, three]);
		await vi.advanceTimersByTimeAsync(10_000);
		expect(told).toEqual([[one, two], [three]]);
	});

	it('says nothing of what was gone after a glance', async () => {
		report.look([one, two]);
		await vi.advanceTimersByTimeAsync(3_000);
		report.look([two]);
		await vi.advanceTimersByTimeAsync(7_000);
		expect(told).toEqual([[two]]);
	});

	it('remembers what was shown long enough before the page was turned', async () => {
		report.look([one]);
		await vi.advanceTimersByTimeAsync(4_500);
		report.look([]);
		await vi.advanceTimersByTimeAsync(500);
		expect(told).toEqual([[one]]);
	});

	it('waits for the network, and tells again what did not arrive', async () => {
		connected = false;
		report.look([one]);
		await vi.advanceTimersByTimeAsync(30_000);
		expect(told).toEqual([]);
		connected = true;
		settled = false;
		await vi.advanceTimersByTimeAsync(5_000);
		settled = true;
		await vi.advanceTimersByTimeAsync(10_000);
		expect(told).toEqual([[one], [one]]);
	});

	it('tells no more at once than a command holds', async () => {
		const many = Array.from({ length: 450 }, (_, index) => sampleIdeaId(index));
		report.look(many);
		await vi.advanceTimersByTimeAsync(15_000);
		expect(told.map((ideaIds) => ideaIds.length)).toEqual([200, 200, 50]);
	});
});
