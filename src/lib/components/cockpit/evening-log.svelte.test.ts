import { describe, expect, it } from 'vitest';

import { memoryStorage } from '#lib/live/device-storage.ts';
import type { LogEntry } from '#lib/protocol/log.ts';

import { EveningLog } from './evening-log.svelte.ts';
import { anna, paul, sitDown } from './testing/cockpit-at-work.ts';
import { testSteps } from './testing/facilitator-view.ts';

const toCollect = { name: 'step.go', payload: { stepId: testSteps.collect } } as const;
const toGroup = { name: 'step.go', payload: { stepId: testSteps.group } } as const;

function entry(id: number, changes: Partial<LogEntry> = {}): LogEntry {
	return {
		id,
		at: '2026-06-06T17:00:00.000Z',
		actor: { kind: 'facilitator', id: anna, name: 'Anna' },
		action: 'step.go',
		subjectId: null,
		words: null,
		detail: {},
		inverse: null,
		...changes,
	};
}

describe('taking back', () => {
	it('takes the newest of one’s own that can be taken back', () => {
		const log = new EveningLog('w', memoryStorage());
		const byPaul = { kind: 'facilitator', id: paul, name: 'Paul' } as const;
		log.take([entry(1, { inverse: toCollect }), entry(2), entry(3, { inverse: toGroup, actor: byPaul })]);
		expect(log.entries.map(({ id }) => id)).toEqual([3, 2, 1]);
		expect(log.newestOf(anna)?.id).toBe(1);
		expect(log.newestOf(paul)?.id).toBe(3);
		expect(log.newestOf(null)).toBeNull();
	});

	it('goes further back each time, and doesn’t take its own doing back', () => {
		const log = new EveningLog('w', memoryStorage());
		const first = entry(1, { inverse: toCollect });
		const second = entry(2, { inverse: toGroup });
		log.take([first, second]);
		log.tookBack(second);
		expect(log.newestOf(anna)).toEqual(first);
		log.take([entry(3, { inverse: toCollect })]);
		expect(log.newestOf(anna)).toEqual(first);
	});

	it('takes what is done afterwards for new', () => {
		const log = new EveningLog('w', memoryStorage());
		const first = entry(1, { inverse: toCollect });
		log.take([first]);
		log.tookBack(first);
		log.take([entry(2, { inverse: toGroup }), entry(3, { inverse: toCollect })]);
		expect(log.newestOf(anna)?.id).toBe(3);
	});

	it('remembers over a reload', () => {
		const storage = memoryStorage();
		const log = new EveningLog('w', storage);
		const first = entry(1, { inverse: toCollect });
		log.take([first]);
		log.tookBack(first);
		const reloaded = new EveningLog('w', storage);
		reloaded.take([first]);
		expect(reloaded.newestOf(anna)).toBeNull();
		expect(reloaded.isSettled(first)).toBe(true);
	});

	it('sends the command of the entry, and notes it once it is done', async () => {
		const { server, cockpit, toasts } = sitDown();
		const gone = entry(1, { inverse: toCollect });
		cockpit.log.take([gone]);
		const taken = cockpit.takeBack(gone, 'Went to a step');
		expect(server.received[0]).toMatchObject(toCollect);
		expect(cockpit.log.isSettled(gone)).toBe(false);
		server.answer();
		await taken;
		expect(cockpit.log.isSettled(gone)).toBe(true);
		expect(toasts.list.map(({ text }) => text)).toEqual(['log.tookBack']);
	});

	it('leaves an entry as it is where the server refuses', async () => {
		const { server, cockpit } = sitDown();
		const gone = entry(1, { inverse: toCollect });
		cockpit.log.take([gone]);
		const taken = cockpit.takeBack(gone, '');
		server.answer({ ok: false, error: { code: 'step.unknown' } });
		await taken;
		expect(cockpit.log.newestOf(anna)?.id).toBe(1);
	});
});
