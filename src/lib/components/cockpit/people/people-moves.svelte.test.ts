import { describe, expect, it } from 'vitest';

import type { ParticipantId, TableId } from '#lib/domain/ids.ts';
import { I18n } from '#lib/i18n/i18n.svelte.ts';

import { sitDown } from '../testing/cockpit-at-work.ts';
import { testId } from '../testing/facilitator-view.ts';
import { PeopleMoves } from './people-moves.svelte.ts';

const here = testId<TableId>(21);
const there = testId<TableId>(22);
const zoe = { id: testId<ParticipantId>(1), tableId: here };
const ben = { id: testId<ParticipantId>(2), tableId: null };
const eva = { id: testId<ParticipantId>(3), tableId: there };

function sit() {
	const { server, cockpit, toasts } = sitDown();
	const moves = new PeopleMoves(cockpit, toasts, new I18n({ language: 'en', catalogue: {}, known: true }));
	return { server, moves, toasts };
}

describe('moving several people', () => {
	it('sends one after the other, leaves out who is there already, and says it once', async () => {
		const { server, moves, toasts } = sit();
		for (const { id } of [zoe, ben, eva]) moves.pick(id);
		const moved = moves.move([zoe, ben, eva], there);
		expect(server.received.map(({ payload }) => payload)).toEqual([{ participantId: zoe.id, tableId: there }]);
		expect(moves.underWay).toBe(true);
		server.answer();
		await expect.poll(() => server.received.length).toBe(2);
		server.answer();
		await moved;
		expect(server.received[1]?.payload).toEqual({ participantId: ben.id, tableId: there });
		expect(toasts.list.map(({ text }) => text)).toEqual(['people.moved']);
		expect([...moves.picked]).toEqual([eva.id]);
	});

	it('takes everybody back to where they came from', async () => {
		const { server, moves, toasts } = sit();
		const moved = moves.move([zoe, ben], there);
		server.answer();
		await expect.poll(() => server.received.length).toBe(2);
		server.answer();
		await moved;
		const toast = toasts.list.at(-1);
		if (toast === undefined) throw new Error('It says that they moved');
		toasts.undo(toast);
		server.answer();
		await expect.poll(() => server.received.length).toBe(4);
		expect(server.received.slice(2).map(({ payload }) => payload)).toEqual([
			{ participantId: zoe.id, tableId: here },
			{ participantId: ben.id, tableId: null },
		]);
	});

	it('ends with the first that is refused, and keeps the others selected', async () => {
		const { server, moves } = sit();
		moves.pick(zoe.id);
		moves.pick(ben.id);
		const moved = moves.move([zoe, ben], there);
		server.answer({ ok: false, error: { code: 'participant.unknown' } });
		await moved;
		expect(server.received).toHaveLength(1);
		expect(moves.picked.size).toBe(2);
		expect(moves.underWay).toBe(false);
	});
});
