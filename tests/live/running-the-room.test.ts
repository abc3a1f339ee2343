import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import type { LogPage } from '#lib/protocol/log.ts';
import type { FacilitatorView, ScreenView } from '#lib/protocol/live.ts';

import { listen, LiveRoom, must, patience, type Present } from '../helpers/live-room.ts';
import { runApp, type RunningApp } from '../helpers/running-app.ts';

/** Running a room over real sockets and a real database: what others are told, what is kept, and what nobody can know. */

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

const aKey = '0123456789abcdef0123456789abcdef';

const control = ({ live }: Present) => live.view as FacilitatorView;
const wallOf = ({ live }: Present) => Object.values((live.view as ScreenView).wall).map(({ text }) => text);

describe('from people to their table, and from the table to the room', () => {
	test('each sees what is for them, and is sent nothing else', async () => {
		await room.setRules({ intake: 'private', see: 'table', names: 'hidden' });
		const claire = await room.facilitator();
		const anna = await room.person('Anna', 0);
		const paul = await room.person('Paul', 0);
		const hall = await room.device(claire, 'screen');
		const own = await room.device(claire, 'screen');
		const ownId = own.live.me?.kind === 'screen' ? own.live.me.deviceId : '';
		await must(claire, 'device.set-up', { deviceId: ownId, tableId: room.seeded.tables[0].id });
		await vi.waitFor(() => expect(own.live.view).toMatchObject({ tableId: room.seeded.tables[0].id }), patience);
		const board = paul.guest.board(room.seeded.tables[0].boardId);
		const heard = [listen(paul), listen(hall), listen(own), listen(claire)];

		await must(anna, 'idea.submit', { text: 'canary at the lime tree' });
		await vi.waitFor(() => expect(control(claire).privateIdeas).toBe(1), patience);
		for (const words of heard) expect(words()).not.toContain('canary');

		await must(claire, 'step.reveal', { to: 'table' });
		await vi.waitFor(
			() => expect(board.content.ideas.map(({ text }) => text)).toEqual(['canary at the lime tree']),
			patience,
		);
		await vi.waitFor(() => expect(wallOf(own)).toEqual(['canary at the lime tree']), patience);
		await vi.waitFor(() => expect(control(claire).tableIdeas).toBe(1), patience);
		expect(heard[1]?.()).not.toContain('canary');

		await must(claire, 'step.reveal', { to: 'room' });
		await vi.waitFor(() => expect(wallOf(hall)).toEqual(['canary at the lime tree']), patience);
		await must(hall, 'screen.showed', { ideaIds: Object.keys((hall.live.view as ScreenView).wall) });
		await vi.waitFor(() => expect(control(claire).unseenIdeas).toBe(0), patience);
	});
});

describe('where names are not recorded', () => {
	test('no row of the database leads from an idea to its author', async () => {
		await room.setRules({ names: 'unrecorded' });
		const anna = await room.person('Anna', 0);
		const board = anna.guest.board(room.seeded.tables[0].boardId);
		const { ideaId = '' } = await must(anna, 'idea.submit', { text: 'a quiet word', key: aKey });
		await vi.waitFor(() => expect(board.content.ideas).toHaveLength(1), patience);
		await must(anna, 'idea.edit', { ideaId, text: 'a quieter word', key: aKey });
		const { sql } = room.app.database;
		const [idea] = await sql`
			select participant_id, device_id, shows_name, encode(key_hash, 'hex') as hash from idea where id = ${ideaId}`;
		expect(idea).toMatchObject({ participant_id: null, device_id: null, shows_name: false });
		expect(idea?.hash).not.toContain(aKey);
		const traces = await sql`
			select 1 from command_log where name like 'idea.%' and workshop_id = ${room.seeded.workshopId} union all
			select 1 from audit_log where subject_id = ${ideaId}`;
		expect(traces).toHaveLength(0);
	});

	test('sent twice it is one idea, also by another command', async () => {
		await room.setRules({ names: 'unrecorded' });
		const anna = await room.person('Anna', 0);
		const first = await must(anna, 'idea.submit', { text: 'a quiet word', key: aKey });
		const second = await must(anna, 'idea.submit', { text: 'a quiet word', key: aKey });
		expect(second).toEqual(first);
		const rows = await room.app.database
			.sql`select 1 from idea where text = 'a quiet word' and board_id = ${room.seeded.tables[0].boardId}`;
		expect(rows).toHaveLength(1);
	});
});

describe('two facilitators', () => {
	test('one leads; the other sees when she drops out, takes over, and she still moderates when she is back', async () => {
		const claire = await room.facilitator();
		const marc = await room.facilitator('Marc');
		await must(claire, 'lead.take', {});
		const stepId = room.seeded.steps.vote;
		expect(await marc.live.send('step.go', { stepId })).toMatchObject({ error: { code: 'workshop.notLead' } });
		const leadId = room.seeded.accountId;
		await vi.waitFor(() => expect(control(marc).team[leadId]?.present).toBe(true), patience);
		claire.live.close();
		await vi.waitFor(() => {
			expect(control(marc)).toMatchObject({
				leadId,
				team: { [leadId]: { name: 'Claire Facilitator', present: false } },
			});
		}, patience);
		await must(marc, 'lead.take', {});
		await must(marc, 'step.go', { stepId });

		const back = await room.facilitator();
		expect(await back.live.send('workshop.freeze', { frozen: true })).toMatchObject({
			error: { code: 'workshop.notLead' },
		});
		await must(back, 'table.set-host', { tableId: room.seeded.tables[0].id, participantId: null });
	});

	test('share one log, whose entries say who did it and how to take it back', async () => {
		const claire = await room.facilitator();
		const marc = await room.facilitator('Marc');
		await must(claire, 'workshop.freeze', { frozen: true });
		await must(marc, 'timer.start', { durationMs: 60_000 });
		await vi.waitFor(() => expect(control(claire).logEntries).toBe(2), patience);
		const page = await claire.guest.client.json<LogPage>('GET', `/workshops/${room.seeded.workshopId}/log`);
		expect(page.entries.map(({ action, actor }) => [action, actor.name])).toEqual([
			['timer.start', 'Marc'],
			['workshop.freeze', 'Claire Facilitator'],
		]);
		const [, freeze] = page.entries;
		expect(freeze?.inverse).toEqual({ name: 'workshop.freeze', payload: { frozen: false } });
		const anna = await room.person('Anna');
		expect(await anna.guest.client.refusal('GET', `/workshops/${room.seeded.workshopId}/log`)).toMatchObject({
			status: 401,
		});
	});
});

describe('a table at its own pace', () => {
	test('goes on with its rights, while others stay where they are', async () => {
		const claire = await room.facilitator();
		const tablet = await room.device(claire, 'table', room.seeded.tables[0].id);
		const anna = await room.person('Anna', 0);
		const marie = await room.person('Marie', 1);
		await must(claire, 'pace.set', { pace: 'tables' });
		await must(tablet, 'step.go', { stepId: room.seeded.steps.vote, tableId: room.seeded.tables[0].id });
		expect(await anna.live.send('idea.submit', { text: 'too late' })).toMatchObject({ error: { code: 'step.notNow' } });
		await must(marie, 'idea.submit', { text: 'still writing' });
		await vi.waitFor(() => {
			expect(anna.live.view?.tables[room.seeded.tables[0].id]).toMatchObject({
				stepId: room.seeded.steps.vote,
				timer: { state: 'paused' },
			});
		}, patience);
		await must(claire, 'pace.set', { pace: 'room' });
		await must(anna, 'idea.submit', { text: 'writing again' });
	});
});

test('what people clap for is counted in all, and no log says who did', async () => {
	const claire = await room.facilitator();
	const people = await Promise.all(['Anna', 'Paul', 'Mia'].map((name) => room.person(name, 0)));
	const tableId = room.seeded.tables[0].id;
	await must(claire, 'pitch.call', { tableId });
	await Promise.all(people.map((person) => must(person, 'pitch.applaud', { tableId, claps: 5 })));
	await vi.waitFor(() => expect(control(claire).floor.pitches.applause).toEqual({ [tableId]: 15 }), patience);
	const traces = await room.app.database.sql`select 1 from command_log where name = 'pitch.applaud'`;
	expect(traces).toHaveLength(0);
});

test('a quick poll is answered in any step, once by each, and closed like a vote', async () => {
	const claire = await room.facilitator();
	const anna = await room.person('Anna', 0);
	const { roundId = '' } = await must(claire, 'poll.open', { question: 'A break now?', options: ['Yes', 'Later'] });
	await vi.waitFor(() => expect(anna.live.view?.rounds).toMatchObject({ [roundId]: { kind: 'poll' } }), patience);
	const [yes = ''] = Object.keys(anna.live.view?.rounds[roundId as keyof typeof anna.live.view.rounds]?.options ?? {});
	await must(anna, 'vote.cast', { roundId, ballot: { [yes]: 1 } });
	await must(claire, 'vote.close', { roundId });
	await vi.waitFor(() => {
		expect(control(claire).rounds).toMatchObject({
			[roundId]: { state: 'closed', turnout: { voted: 1, eligible: 1 } },
		});
	}, patience);
});

test('a tablet that is carried to another table writes there from then on', async () => {
	const claire = await room.facilitator();
	const [from, to] = room.seeded.tables;
	const tablet = await room.device(claire, 'table', from.id);
	const deviceId = tablet.live.me?.kind === 'table' ? tablet.live.me.deviceId : '';
	const board = tablet.guest.board(from.boardId);
	await vi.waitFor(() => expect(board.synced).toBe(true), patience);
	await must(claire, 'device.move', { deviceId, tableId: to.id });
	await vi.waitFor(() => expect(tablet.live.me).toMatchObject({ tableId: to.id, boardId: to.boardId }), patience);
	await vi.waitFor(() => expect(board.closedWith).toBeDefined(), patience);
	expect(await tablet.live.send('idea.submit', { text: 'x', boardId: from.boardId })).toMatchObject({
		error: { code: 'access.otherTable' },
	});
});

test('a table hears by name who hosts it, also when the name changes; the next table doesn’t', async () => {
	const claire = await room.facilitator();
	const [first, second] = room.seeded.tables;
	const anna = await room.person('Anna Maria', 0);
	const paul = await room.person('Paul', 0);
	const ravi = await room.person('Ravi', 1);
	const tablet = await room.device(claire, 'table', first.id);
	const others = [listen(ravi), listen(await room.device(claire, 'table', second.id))];
	const participantId = anna.live.me?.kind === 'participant' ? anna.live.me.participantId : '';
	const hears = (hostName: string | null) =>
		vi.waitFor(() => {
			for (const { live } of [anna, paul, tablet]) expect(live.me).toMatchObject({ hostName });
		}, patience);
	await must(claire, 'table.set-host', { tableId: first.id, participantId });
	await hears('Anna Maria');
	await must(anna, 'participant.rename', { nickname: 'Anna Louise' });
	await hears('Anna Louise');
	await must(claire, 'table.set-host', { tableId: first.id, participantId: null });
	await hears(null);
	for (const words of others) expect(words()).not.toContain('Anna');
});

test('how far sheets are is known without opening them, and follows what is written', async () => {
	const claire = await room.facilitator();
	const [table] = room.seeded.tables;
	await vi.waitFor(() => expect(control(claire).radar[table.id]).toMatchObject({ sheetFilled: 1 }), patience);
	expect(control(claire).radar[table.id]?.sheetHeadings).toBeGreaterThan(5);
});
