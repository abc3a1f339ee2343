import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { BoardConnection } from '#lib/live/board-connection.ts';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { BoardReader, LiveConnection } from '../helpers/guest.ts';
import { ChaosServer } from './chaos-server.ts';
import { seedEvening, type Evening } from './evening.ts';
import { Line } from './line.ts';
import { Person } from './person.ts';

const patience = { timeout: 30_000, interval: 20 };

let database: TestDatabase;
let server: ChaosServer;
let evening: Evening;
let open: AsyncDisposableStack;
beforeEach(async () => {
	open = new AsyncDisposableStack();
	database = open.use(await createTestDatabase());
	evening = await seedEvening(database.sql, 2);
	server = open.use(await ChaosServer.start(database.url));
});
afterEach(() => open.disposeAsync());

test('a laptop that slept shows just what the server has, whatever was hidden and restarted meanwhile', async () => {
	const { seeded, people, facilitatorCookie } = evening;
	const { boardId } = seeded.tables[0];
	const writer = tab(1);
	const lead = open.use(
		new Person({ origin: server.origin, cookie: facilitatorCookie }, 'facilitator', seeded.workshopId),
	);
	const line = open.use(await Line.to(server.origin, people[0]?.cookie));
	const seen: string[][] = [];
	const board: BoardConnection = new BoardConnection({
		address: line.documents,
		boardId,
		changed: () => board.status === 'live' && seen.push(textsOf(board)),
	});
	open.adopt(board, () => board.close());
	const sleeper = open.use(new Person({ origin: line.origin, cookie: '' }, 'participant', seeded.code));

	for (const restarts of [false, true]) {
		const [stays, goes] = [`Stays ${String(restarts)}`, `Goes ${String(restarts)}`];
		await writer.ask('idea.submit', { text: stays });
		const hidden = await writer.ask('idea.submit', { text: goes });
		await vi.waitFor(() => expect(textsOf(board)).toEqual(expect.arrayContaining([stays, goes])), patience);
		await vi.waitFor(() => expect(sleeper.connected).toBe(true), patience);

		line.silence();
		const ideaId = hidden.ok ? hidden.result.ideaId : undefined;
		expect(await lead.ask('idea.hide', { ideaId: ideaId ?? '' })).toMatchObject({ ok: true });
		await writer.ask('idea.submit', { text: `Came ${String(restarts)}` });
		if (restarts) {
			await server.end('SIGKILL');
			await server.start();
		}
		expect(textsOf(board)).toContain(goes);
		line.cut();
		await vi.waitFor(() => expect(board.status).toBe('offline'), patience);
		seen.length = 0;
		line.mend();

		await vi.waitFor(() => expect(board.status).toBe('live'), patience);
		expect(seen.flat()).not.toContain(goes);
		await vi.waitFor(() => expect([sleeper.connected, writer.connected]).toEqual([true, true]), patience);
		const newcomer = new BoardReader(server.origin, people[1]?.cookie ?? '', boardId);
		await vi.waitFor(() => expect(newcomer.synced).toBe(true), patience);
		expect(board.content).toEqual(newcomer.content);
		newcomer.close();
		await vi.waitFor(() => expect(sleeper.view?.counts).toEqual(writer.view?.counts), patience);
	}
	expect(textsOf(board).sort()).toEqual(['Came false', 'Came true', 'Stays false', 'Stays true']);
});

test('two tabs are one person, and what each of them has to send arrives once', async () => {
	const tabs = [tab(0), tab(0)];
	const neighbour = tab(1);
	await vi.waitFor(() => expect(neighbour.view?.counts).toMatchObject({ people: 2, present: 2 }), patience);
	const texts = tabs.flatMap((_, index) => Array.from({ length: 15 }, (_, number) => `Tab ${index} idea ${number}`));
	const answers = tabs.flatMap((person, index) =>
		texts.filter((text) => text.startsWith(`Tab ${index}`)).map((text) => person.ask('idea.submit', { text })),
	);
	await Promise.race(answers);
	await server.end('SIGKILL');
	await server.start();
	for (const ack of await Promise.all(answers)) expect(ack).toMatchObject({ ok: true });
	const rows = await database.sql<{ text: string }[]>`
		select text from idea where board_id = ${evening.seeded.tables[0].boardId}`;
	expect(rows.map(({ text }) => text).sort()).toEqual([...texts].sort());

	await vi.waitFor(() => expect(neighbour.view?.counts).toMatchObject({ people: 2, present: 2 }), patience);
	tabs[0]?.[Symbol.dispose]();
	await neighbour.ask('idea.submit', { text: 'Something that everybody is told' });
	await vi.waitFor(() => expect(neighbour.view?.counts).toMatchObject({ present: 2, ideas: 34 }), patience);
	tabs[1]?.[Symbol.dispose]();
	await vi.waitFor(() => expect(neighbour.view?.counts.present).toBe(1), patience);
});

test('a command that two tabs found in the same outbox counts once, and both get its answer', async () => {
	const { seeded, people } = evening;
	const tabs = [0, 1].map(() => {
		const live = new LiveConnection(server.origin, people[0]?.cookie ?? '', 'participant', seeded.code);
		return open.adopt(live, () => live.close());
	});
	await vi.waitFor(() => expect(tabs.every(({ me }) => me !== undefined)).toBe(true), patience);
	const ids = Array.from({ length: 20 }, () => randomUUID());
	for (const id of ids) {
		const [one, other] = await Promise.all(tabs.map((live) => live.send('idea.submit', { text: id }, id)));
		expect(one).toMatchObject({ ok: true });
		expect(other).toEqual(one);
	}
	const rows = await database.sql<{ text: string }[]>`select text from idea where participant_id is not null`;
	expect(rows.map(({ text }) => text).sort()).toEqual(ids.sort());
});

function tab(person: 0 | 1): Person {
	const { seeded, people } = evening;
	return open.use(
		new Person({ origin: server.origin, cookie: people[person]?.cookie ?? '' }, 'participant', seeded.code),
	);
}

function textsOf({ content }: BoardConnection): string[] {
	return content?.ideas.map(({ text }) => text) ?? [];
}
