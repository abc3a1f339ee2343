import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { BoardReader, Guest } from '../helpers/guest.ts';
import { times } from '../helpers/thoroughness.ts';
import { CuttableRoad } from '../live/sync-harness.ts';
import { ChaosServer } from './chaos-server.ts';
import { seedEvening, type Evening } from './evening.ts';
import { Line } from './line.ts';
import { Load } from './load.ts';
import { Person } from './person.ts';

const patience = { timeout: 60_000, interval: 50 };
const outageMs = times(5_000, 120_000);
const megabyte = 1024 * 1024;

let database: TestDatabase;
let evening: Evening;
let road: CuttableRoad;
let server: ChaosServer;
beforeAll(async () => {
	database = await createTestDatabase();
	evening = await seedEvening(database.sql, 16);
	const way = await CuttableRoad.to(database.url);
	road = way.road;
	server = await ChaosServer.start(way.url);
});
afterAll(async () => {
	await server[Symbol.asyncDispose]();
	await road[Symbol.asyncDispose]();
	await database[Symbol.asyncDispose]();
});

test(
	'while the database is away nothing is called saved, nothing is lost, and people stay',
	{ timeout: 300_000 },
	async () => {
		await using load = await Load.begin(server, evening, { writers: 7, voters: 4, scribes: 3 }, 3);
		await using wall = reader(evening.people[0]?.cookie ?? '');
		const mover = evening.people[14]?.cookie ?? '';
		await using moverLine = await Line.to(server.origin, mover);
		using moving = new Person({ origin: moverLine.origin, cookie: '' }, 'participant', evening.seeded.code);
		load.start();
		await load.goesOn();
		await vi.waitFor(() => expect([wall.board.synced, moving.connected]).toEqual([true, true]), patience);
		const memoryBefore = await server.memory();

		road.cut();
		await everybodyWaits(load);
		const everybody = [load.facilitator, ...[...load.writers, ...load.voters].map(({ person }) => person)];
		await vi.waitFor(
			() => expect(everybody.map(({ storage }) => storage)).toEqual(everybody.map(() => 'late')),
			patience,
		);
		const promised = promises(load);
		const shown = wall.board.content;
		expect(await statusOf('/healthz')).toBe(200);
		expect(await statusOf('/readyz')).toBe(503);

		// Somebody changes to another network, somebody comes late: both are told to wait, and come in by themselves afterwards.
		moverLine.cut();
		await vi.waitFor(() => expect(moving.connected).toBe(false), patience);
		moverLine.mend();
		const late = new Guest(server.origin);
		expect(await late.client.refusal('POST', '/join', { code: evening.seeded.code, language: 'lb' })).toEqual({
			status: 503,
			code: 'database.away',
		});
		using latecomer = new Person(
			{ origin: server.origin, cookie: evening.people[15]?.cookie ?? '' },
			'participant',
			evening.seeded.code,
		);

		await new Promise((resolve) => setTimeout(resolve, outageMs));
		expect(promises(load)).toEqual(promised);
		expect(wall.board.content).toEqual(shown);
		expect(wall.board.closedWith).toBeUndefined();
		expect([moving.refusedBy, latecomer.refusedBy]).toEqual([undefined, undefined]);
		expect(await load.rowFaults(database.sql)).toEqual([]);
		expect((await server.memory()) - memoryBefore).toBeLessThan(20 * megabyte);

		road.mend();
		await load.goesOn();
		await load.rest();
		expect(await load.rowFaults(database.sql)).toEqual([]);
		expect(await load.replicaFaults(database.sql)).toEqual([]);
		await vi.waitFor(() => expect([moving.connected, latecomer.connected]).toEqual([true, true]), patience);
		await vi.waitFor(async () => expect(await statusOf('/readyz')).toBe(200), patience);
		await late.join(evening.seeded.code);
		expect(server.isRunning).toBe(true);
	},
);

/** Everybody has something under way that isn't answered. */
async function everybodyWaits(load: Load): Promise<void> {
	await vi.waitFor(() => {
		for (const { person } of [...load.writers, ...load.voters]) expect(person.pending).toBe(1);
		for (const { text } of load.scribes) expect(text.status).toBe('saving');
	}, patience);
}

function promises(load: Load) {
	return {
		commands: [...load.writers, ...load.voters].map(({ person }) => person.answers.size),
		texts: load.scribes.map((scribe) => scribe.timesSaved),
	};
}

function reader(cookie: string) {
	const board = new BoardReader(server.origin, cookie, evening.seeded.tables[0].boardId);
	return { board, [Symbol.asyncDispose]: () => Promise.resolve(board.close()) };
}

async function statusOf(path: string): Promise<number> {
	const { status } = await fetch(`${server.origin}${path}`, { signal: AbortSignal.timeout(20_000) });
	return status;
}
