import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { listen, LiveRoom, must, patience } from '../helpers/live-room.ts';
import { runApp, type RunningApp } from '../helpers/running-app.ts';
import { seedIdea } from '../helpers/seeded-workshop.ts';

/** One room over real sockets: who is told what. */

let app: RunningApp;
let room: LiveRoom;
beforeAll(async () => {
	app = await runApp();
});
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(async () => {
	room = await LiveRoom.open(app);
});
afterEach(() => room[Symbol.dispose]());

describe('a table', () => {
	test('sees its ideas, and nobody else does', async () => {
		const anna = await room.person('Anna', 0);
		const paul = await room.person('Paul', 0);
		const marie = await room.person('Marie', 1);
		const own = paul.guest.board(room.seeded.tables[0].boardId);
		const foreign = marie.guest.board(room.seeded.tables[0].boardId);
		const heardByMarie = listen(marie);

		await must(anna, 'idea.submit', { text: 'A bench under the lime tree' });
		await vi.waitFor(() => expect(own.content.ideas.map((idea) => idea.by)).toEqual(['Anna']), patience);
		await vi.waitFor(() => expect(marie.live.view?.counts.ideas).toBe(1), patience);
		expect(foreign.content.ideas).toEqual([]);
		expect(foreign.synced).toBe(false);
		expect(heardByMarie()).not.toContain('lime tree');
		expect(await marie.live.send('idea.submit', { text: 'x', boardId: room.seeded.tables[0].boardId })).toMatchObject({
			error: { code: 'access.otherTable' },
		});
	});

	test('that somebody leaves closes its board to them', async () => {
		const anna = await room.person('Anna', 0);
		const board = anna.guest.board(room.seeded.tables[0].boardId);
		await vi.waitFor(() => expect(board.synced).toBe(true), patience);
		await must(anna, 'participant.choose-table', { tableId: room.seeded.tables[1].id });
		await vi.waitFor(() => expect(board.closedWith).toBeDefined(), patience);
		await vi.waitFor(() => expect(anna.live.me).toMatchObject({ boardId: room.seeded.tables[1].boardId }), patience);
	});

	test('that is full takes nobody more', async () => {
		await app.database.sql`update workshop_table set capacity = 1 where id = ${room.seeded.tables[0].id}`;
		await room.person('Anna', 0);
		const late = room.stranger();
		const tableId = room.seeded.tables[0].id;
		expect(await late.client.refusal('POST', '/join', { code: room.seeded.code, language: 'lb', tableId })).toEqual({
			status: 409,
			code: 'table.full',
		});
	});
});

describe('hidden means not sent', () => {
	test('ideas in private writing reach nobody but their author until the step is left', async () => {
		await room.setRules({ intake: 'private', names: 'hidden' });
		const lead = await room.facilitator();
		const anna = await room.person('Anna', 0);
		const paul = await room.person('Paul', 0);
		const board = paul.guest.board(room.seeded.tables[0].boardId);
		await vi.waitFor(() => expect(board.synced).toBe(true), patience);
		const heard = [listen(lead), listen(paul)];

		await must(anna, 'idea.submit', { text: 'canary in the mine' });
		await vi.waitFor(() => expect(lead.live.view).toMatchObject({ privateIdeas: 1 }), patience);
		await vi.waitFor(() => expect(JSON.stringify(anna.live.me)).toContain('canary'), patience);
		expect(board.content.ideas).toEqual([]);
		for (const words of heard) expect(words()).not.toContain('canary');

		await must(lead, 'step.go', { stepId: room.seeded.steps.vote });
		await vi.waitFor(() => expect(board.content.ideas).toHaveLength(1), patience);
		expect(board.content.ideas[0]).toMatchObject({ text: 'canary in the mine' });
		expect(board.content.ideas[0]).not.toHaveProperty('by');
		expect(board.content.ideas[0]).not.toHaveProperty('at');
	});

	test('the inbox is for facilitators; what they publish appears, what they hide is gone', async () => {
		await room.setRules({ intake: 'inbox' });
		const lead = await room.facilitator();
		const anna = await room.person('Anna', 0);
		const paul = await room.person('Paul', 0);
		const board = paul.guest.board(room.seeded.tables[0].boardId);
		const heard = listen(paul);
		const { ideaId } = await must(anna, 'idea.submit', { text: 'canary' });
		if (ideaId === undefined) throw new Error('The idea has no id');
		await vi.waitFor(() => expect(lead.live.view).toMatchObject({ inbox: { [ideaId]: { text: 'canary' } } }), patience);
		expect(heard()).not.toContain('canary');
		await must(lead, 'idea.publish', { ideaId });
		await vi.waitFor(() => expect(board.content.ideas).toHaveLength(1), patience);
		await must(lead, 'idea.hide', { ideaId, reason: 'A name in it' });
		await vi.waitFor(() => expect(board.content.ideas).toHaveLength(0), patience);
		await vi.waitFor(() => {
			expect(anna.live.me).toMatchObject({ ideas: { [ideaId]: { state: 'hidden', reason: 'A name in it' } } });
		}, patience);
	});
});

describe('a person', () => {
	test('who comes back with the same browser is the same person, even through a closed door', async () => {
		const lead = await room.facilitator();
		const anna = await room.person('Anna', 0);
		await must(lead, 'workshop.open-door', { open: false });
		const before = anna.live.me;
		await anna.guest.join(room.seeded.code);
		const again = anna.guest.live('participant', room.seeded.code);
		await vi.waitFor(() => expect(again.me).toEqual(before), patience);
		await vi.waitFor(() => expect(lead.live.view?.counts).toMatchObject({ people: 1, present: 1 }), patience);

		const late = room.stranger();
		const refusal = await late.client.refusal('POST', '/join', { code: room.seeded.code, language: 'fr' });
		expect(refusal).toEqual({ status: 403, code: 'join.doorClosed' });
	});

	test('who is blocked keeps seeing that, writes nothing, and can be let back in', async () => {
		const lead = await room.facilitator();
		const anna = await room.person('Anna', 0);
		const me = anna.live.me;
		if (me?.kind !== 'participant') throw new Error('Anna is not a participant');
		await must(lead, 'participant.block', { participantId: me.participantId, reason: 'Insults' });
		expect(await anna.live.send('idea.submit', { text: 'x' })).toMatchObject({ error: { code: 'access.blocked' } });
		await vi.waitFor(() => expect(anna.live.me).toMatchObject({ blocked: true }), patience);
		await must(lead, 'participant.unblock', { participantId: me.participantId });
		await must(anna, 'idea.submit', { text: 'Thank you' });
		const log = await app.database.sql`
			select action from audit_log where workshop_id = ${room.seeded.workshopId} order by id`;
		expect(log.map((row) => (row as { action: string }).action)).toEqual(['participant.block', 'participant.unblock']);
	});
});

describe('a frame that is not the protocol', () => {
	test.each([
		[null, 'command.invalid'],
		['idea.submit', 'command.invalid'],
		[{ id: 'no', name: 'idea.submit', payload: {} }, 'command.invalid'],
		[{ id: '018f4a1e-0000-7000-8000-000000000000', name: 'idea.explode', payload: {} }, 'command.unknown'],
	])('%j is answered with a code', async (frame, code) => {
		const anna = await room.person('Anna', 0);
		expect(await anna.live.sendRaw(frame)).toMatchObject({ ok: false, error: { code } });
		await must(anna, 'idea.submit', { text: 'Still here' });
	});

	test('a handshake without a session, with another version or a made-up code is refused with a code', async () => {
		const stranger = room.stranger();
		const refusedWith = async (audience: 'participant' | 'facilitator' | 'table', workshop: string) => {
			const live = stranger.live(audience, workshop);
			await vi.waitFor(() => expect(live.refusedWith).toBeDefined(), patience);
			return live.refusedWith;
		};
		expect(await refusedWith('participant', room.seeded.code)).toBe('session.missing');
		expect(await refusedWith('participant', '00000000')).toBe('join.codeUnknown');
		expect(await refusedWith('facilitator', room.seeded.workshopId)).toBe('session.missing');
		expect(await refusedWith('facilitator', 'nonsense')).toBe('workshop.unknown');
		expect(await refusedWith('table', room.seeded.code)).toBe('session.missing');
	});

	test('a flood is slowed for its sender alone', async () => {
		const anna = await room.person('Anna', 0);
		const paul = await room.person('Paul', 0);
		const flood = await Promise.all(
			Array.from({ length: 300 }, (_, number) => anna.live.send('idea.submit', { text: `Flood ${String(number)}` })),
		);
		expect(flood.some((ack) => !ack.ok && ack.error.code === 'request.tooMany')).toBe(true);
		await must(paul, 'idea.submit', { text: 'Unhurried' });
	});
});

test('two views of one audience that joined at different times are the same', async () => {
	const lead = await room.facilitator();
	const anna = await room.person('Anna', 0);
	for (let number = 0; number < 5; number += 1) await must(anna, 'idea.submit', { text: `Idea ${String(number)}` });
	await must(lead, 'timer.start', { durationMs: 60_000 });
	const paul = await room.person('Paul', 1);
	await seedIdea(app.database.sql, { boardId: room.seeded.plenaryBoardId, text: 'Behind the back' });
	await must(lead, 'step.go', { stepId: room.seeded.steps.vote });
	await vi.waitFor(() => {
		expect(anna.live.view?.currentStepId).toBe(room.seeded.steps.vote);
		expect(paul.live.view).toEqual(anna.live.view);
	}, patience);
});
