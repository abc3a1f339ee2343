import { describe, expect, it } from 'vitest';

import type { BoardId, IdeaId } from '#lib/domain/ids.ts';

import { sitDown } from './testing/cockpit-at-work.ts';
import { facilitatorView as view, testId, testSteps } from './testing/facilitator-view.ts';

const { collect, group } = testSteps;
const idea = testId<IdeaId>(3);
const board = testId<BoardId>(4);

describe('a command from the cockpit', () => {
	it('keeps its control busy until the server has answered, and isn’t sent twice', async () => {
		const { server, cockpit } = sitDown();
		const first = cockpit.act('door', 'workshop.open-door', { open: false });
		await cockpit.act('door', 'workshop.open-door', { open: false });
		expect(cockpit.busy('door')).toBe(true);
		expect(server.received.map(({ name }) => name)).toEqual(['workshop.open-door']);
		server.answer();
		await first;
		expect(cockpit.busy('door')).toBe(false);
	});

	it('is refused at once without a connection, and never sent later', async () => {
		const { server, cockpit, toasts } = sitDown();
		server.hangUp();
		const next = cockpit.next;
		expect(next?.id).toBe(group);
		if (next !== null) await cockpit.goTo(next);
		expect(toasts.list.map(({ text }) => text)).toEqual(['connection.lost']);
		server.connect();
		expect(cockpit.live).toBe(true);
		expect(server.received).toEqual([]);
	});

	it('says why it was refused', async () => {
		const { server, cockpit, toasts } = sitDown();
		const asked = cockpit.act('freeze', 'workshop.freeze', { frozen: true });
		server.answer({ ok: false, error: { code: 'access.denied' } });
		await asked;
		expect(toasts.list.map(({ text }) => text)).toEqual(['access.denied']);
	});
});

describe('going to a step', () => {
	it('can be taken back', async () => {
		const { server, cockpit, toasts } = sitDown();
		const next = cockpit.next;
		if (next === null) throw new Error('There is a next step');
		const gone = cockpit.goTo(next);
		server.answer();
		await gone;
		const toast = toasts.list.at(-1);
		if (toast === undefined) throw new Error('It says where we are');
		toasts.undo(toast);
		expect(server.received.map(({ payload }) => payload)).toEqual([{ stepId: group }, { stepId: collect }]);
	});

	it('offers no way back when private ideas have come to light', async () => {
		const { server, cockpit, toasts } = sitDown(view({ privateIdeas: 3 }));
		expect(cockpit.leavingReveals).toBe(true);
		const next = cockpit.next;
		if (next === null) throw new Error('There is a next step');
		const gone = cockpit.goTo(next);
		server.answer();
		await gone;
		expect(toasts.list.at(-1)?.undo).toBeUndefined();
	});
});

describe('moderation', () => {
	it('takes an idea out of sight at once, and gives no empty reason', async () => {
		const { server, cockpit } = sitDown();
		const hidden = cockpit.hideIdea(idea, '');
		expect(cockpit.isDealtWith(idea)).toBe(true);
		expect(server.received[0]?.payload).toEqual({ ideaId: idea });
		server.answer();
		await hidden;
	});

	it('leaves a hidden idea out of what is picked', () => {
		const { cockpit } = sitDown();
		cockpit.pick({ kind: 'idea', id: idea, label: 'Garden', boardId: board, tableId: null });
		expect(cockpit.picked.size).toBe(1);
		void cockpit.hideIdea(idea, 'twice');
		expect(cockpit.picked.size).toBe(0);
	});
});
