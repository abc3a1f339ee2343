import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { remainingMs } from '#lib/domain/timer.ts';
import { commandAck } from '#lib/protocol/commands.ts';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { LiveConnection } from '../helpers/guest.ts';
import { isThorough } from '../helpers/thoroughness.ts';
import { ChaosServer } from './chaos-server.ts';
import { recordCloses } from './closes.ts';
import { seedEvening, type Evening, type Guest } from './evening.ts';
import { Load } from './load.ts';
import { Person } from './person.ts';

/* Clocks that are hours wrong, and clocks that are set while people are at work. */

const patience = { timeout: 60_000, interval: 20 };
const hourMs = 60 * 60 * 1000;
/** Long enough for silent connections to be noticed, if the server forgot to say something. */
const quietMs = 50_000;

let database: TestDatabase;
let server: ChaosServer;
let open: AsyncDisposableStack;
beforeEach(async () => {
	open = new AsyncDisposableStack();
	database = open.use(await createTestDatabase());
	server = open.use(await ChaosServer.start(database.url));
});
afterEach(() => open.disposeAsync());

function comeIn(guest: Guest | undefined, { seeded }: Evening, offsetMs = 0): Person {
	const address = { origin: server.origin, cookie: guest?.cookie ?? '' };
	return open.use(new Person(address, 'participant', seeded.code, () => Date.now() + offsetMs));
}

function lead({ seeded, facilitatorCookie }: Evening): Person {
	return open.use(new Person({ origin: server.origin, cookie: facilitatorCookie }, 'facilitator', seeded.workshopId));
}

test('phones whose clocks are hours wrong write in the order of the room and see the same countdown', async () => {
	const evening = await seedEvening(database.sql, 3);
	const offsets = [-5 * hourMs, 0, 7 * hourMs];
	const people = evening.people.map((guest, index) => comeIn(guest, evening, offsets[index]));
	const written: string[] = [];
	for (let turn = 0; turn < 12; turn += 1) {
		const text = `Idea ${String(turn)}`;
		expect(await people[(turn * 2) % 3]?.ask('idea.submit', { text })).toMatchObject({ ok: true });
		written.push(text);
	}
	const rows = await database.sql<{ text: string; isNow: boolean }[]>`
		select text, abs(extract(epoch from now() - created_at)) < 60 as "isNow"
		from idea where board_id = ${evening.seeded.tables[0].boardId} order by sort_order`;
	expect(rows.map((row) => row.text)).toEqual(written);
	expect(rows.every((row) => row.isNow)).toBe(true);

	expect(await lead(evening).ask('timer.start', { durationMs: 600_000 })).toMatchObject({ ok: true });
	await vi.waitFor(() => {
		for (const person of people) expectRemaining(person, 600_000);
	}, patience);
});

test(
	'a server whose clock is set back and forth loses nothing, throws nobody out and locks nobody out',
	{ timeout: 400_000 },
	async () => {
		using closes = recordCloses();
		const evening = await seedEvening(database.sql, 10);
		await using load = await Load.begin(server, evening, { writers: 4, voters: 3, scribes: 3 }, 6);
		const everybody = [load.facilitator, ...[...load.writers, ...load.voters].map(({ person }) => person)];
		load.start();
		await load.goesOn();
		const closesBefore = closes.codes.filter((code) => code !== 1000).length;
		for (const offset of [-3 * hourMs, 2 * hourMs, -5 * hourMs, 0]) {
			await server.setClock(offset);
			await load.goesOn(isThorough ? 20 : 4);
			if (isThorough) await new Promise((resolve) => setTimeout(resolve, quietMs));
			expect(await load.facilitator.ask('timer.start', { durationMs: 600_000 })).toMatchObject({ ok: true });
			await vi.waitFor(() => {
				for (const person of everybody) expectRemaining(person, 600_000);
			}, patience);
		}
		await load.rest();
		expect(closes.codes.filter((code) => code !== 1000).length).toBe(closesBefore);
		expect(everybody.map(({ connections }) => connections)).toEqual(everybody.map(() => 1));
		expect(await load.rowFaults(database.sql)).toEqual([]);
		expect(await load.replicaFaults(database.sql)).toEqual([]);
	},
);

test('a resend is recognised, and a flood gets its budget and no more, whatever the clock was set to', async () => {
	const evening = await seedEvening(database.sql, 1);
	const { seeded, people } = evening;
	const live = new LiveConnection(server.origin, people[0]?.cookie ?? '', 'participant', seeded.code);
	open.adopt(live, () => live.close());
	await vi.waitFor(() => expect(live.me).toBeDefined(), patience);
	const id = randomUUID();
	const first = await live.send('idea.submit', { text: 'Once' }, id);
	expect(first).toMatchObject({ ok: true });

	for (const offset of [4 * hourMs, -4 * hourMs, 0]) {
		await server.setClock(offset);
		const flood = Array.from({ length: 400 }, () =>
			live.sendRaw({ id, name: 'idea.submit', payload: { text: 'Once' } }),
		);
		const answers = (await Promise.all(flood)).map((answer) => commandAck.parse(answer));
		const known = answers.filter((ack) => ack.ok);
		expect(new Set(known.map((ack) => JSON.stringify(ack)))).toEqual(
			new Set(known.length === 0 ? [] : [JSON.stringify(first)]),
		);
		// The burst of a connection, and what it got back while it flooded.
		expect(known.length).toBeLessThan(250);
		await vi.waitFor(async () => expect(await live.send('idea.submit', { text: 'Once' }, id)).toEqual(first), {
			timeout: 20_000,
			interval: 500,
		});
	}
	const rows = await database.sql`select from idea where text = 'Once'`;
	expect(rows).toHaveLength(1);
});

/** What this person's display of the countdown shows, give or take what the test itself needs. */
function expectRemaining(person: Person, milliseconds: number): void {
	const timer = person.view?.timer ?? null;
	if (timer === null) throw new Error('There is no countdown in view');
	expect(Math.abs(remainingMs(timer, person.clock.now()) - milliseconds)).toBeLessThan(45_000);
}
