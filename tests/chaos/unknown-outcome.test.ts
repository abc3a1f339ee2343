import { setTimeout as pause } from 'node:timers/promises';

import { expect, test, vi } from 'vitest';

import { createTestDatabase } from '../helpers/database.ts';
import { BoardReader } from '../helpers/guest.ts';
import { times } from '../helpers/thoroughness.ts';
import { CuttableRoad } from '../live/sync-harness.ts';
import { ChaosServer } from './chaos-server.ts';
import { saveSlowly, seedEvening } from './evening.ts';
import { Load } from './load.ts';
import { Person } from './person.ts';
import { Random } from './random.ts';

const patience = { timeout: 30_000, interval: 20 };
const cuts = times(12, 150);

test(
	'commits whose outcome the server never heard count once, whether they happened or not',
	{ timeout: 300_000 },
	async () => {
		await using database = await createTestDatabase();
		const evening = await seedEvening(database.sql, 14);
		// The way is often cut in the middle of a commit, which Postgres finishes all the same, and perhaps only after the server has
		// begun to write again.
		await saveSlowly(database.sql, 'committing');
		const { road, url } = await CuttableRoad.to(database.url);
		await using _road = road;
		await using server = await ChaosServer.start(url);
		await using load = await Load.begin(server, evening, { writers: 7, voters: 4, scribes: 3 }, 4);
		const random = new Random(4);
		load.start();
		await load.goesOn();
		for (let cut = 0; cut < cuts; cut += 1) {
			await pause(random.below(250));
			road.cut();
			await pause(random.below(30));
			road.mend();
			if (cut % 10 === 9) await load.goesOn(2);
		}
		await load.rest();
		expect(await load.rowFaults(database.sql)).toEqual([]);
		expect(await load.replicaFaults(database.sql)).toEqual([]);
		expect(server.isRunning).toBe(true);
	},
);

test('a commit that outlives its server is known to the next one', async () => {
	await using database = await createTestDatabase();
	await database.sql.unsafe(`
		create function take_long() returns trigger language plpgsql as $$ begin perform pg_sleep(5); return null; end $$;
		create constraint trigger slow after insert on idea deferrable initially deferred
			for each row when (new.text = 'Committed by the dead') execute function take_long();
	`);
	const { seeded, people } = await seedEvening(database.sql, 1);
	await using server = await ChaosServer.start(database.url);
	const cookie = people[0]?.cookie ?? '';
	using person = new Person({ origin: server.origin, cookie }, 'participant', seeded.code);
	const asked = person.ask('idea.submit', { text: 'Committed by the dead' });
	await vi.waitFor(async () => {
		const sleeping = await database.sql`
			select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
		expect(sleeping).toHaveLength(1);
	}, patience);
	await server.end('SIGKILL');
	await server.start();

	const ack = await asked;
	const rows = await database.sql<{ id: string }[]>`select id from idea where text = 'Committed by the dead'`;
	expect(rows).toHaveLength(1);
	expect(ack).toEqual({ ok: true, result: { ideaId: rows[0]?.id } });
	const board = new BoardReader(server.origin, cookie, seeded.tables[0].boardId);
	await vi.waitFor(() => expect(board.content.ideas.map(({ id }) => id)).toEqual([rows[0]?.id]), patience);
	board.close();
});
