import { expect, test, vi } from 'vitest';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { isThorough, times } from '../helpers/thoroughness.ts';
import { ChaosServer } from './chaos-server.ts';
import { seedEvening } from './evening.ts';
import { LightReader } from './light-reader.ts';
import { Person } from './person.ts';

const people = times(100, 1_000);
const patience = { timeout: 180_000, interval: 50 };

test('a hall full of people is back and in step after a restart and after a crash', { timeout: 600_000 }, async () => {
	await using database = await createTestDatabase();
	const evening = await seedEvening(database.sql, people);
	await using server = await ChaosServer.start(database.url);
	using open = new DisposableStack();
	const handshakes: number[] = [];
	const { boardId } = evening.seeded.tables[0];
	const hall = evening.people.map(({ cookie }) => ({
		board: open.use(new LightReader(server.documents, boardId, cookie, () => handshakes.push(performance.now()))),
		live: open.use(new Person({ origin: server.origin, cookie }, 'participant', evening.seeded.code)),
	}));
	const writer = hall[0]?.live;
	await everybodyIsHere(database, boardId, hall);

	for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
		const saved = await writer?.ask('idea.submit', { text: `Before ${signal}` });
		expect(saved).toMatchObject({ ok: true });
		await everybodyIsHere(database, boardId, hall);
		await server.end(signal);
		await vi.waitFor(
			() => expect(hall.filter(({ board, live }) => board.synced || live.connected)).toEqual([]),
			patience,
		);
		await server.start();
		handshakes.length = 0;
		const startedAt = performance.now();
		await everybodyIsHere(database, boardId, hall);
		report(signal, performance.now() - startedAt, handshakes);
	}
	expect(await writer?.ask('idea.submit', { text: 'Afterwards' })).toMatchObject({ ok: true });
	await everybodyIsHere(database, boardId, hall);
});

type Hall = readonly { readonly board: LightReader; readonly live: Person }[];

/** Everybody has the board as its rows are, and the view of one moment. */
async function everybodyIsHere({ sql }: TestDatabase, boardId: string, hall: Hall): Promise<void> {
	const rows = await sql<{ id: string }[]>`select id from idea where board_id = ${boardId} order by id`;
	const ideas = rows.map(({ id }) => id);
	await vi.waitFor(() => {
		const absent = hall.filter(({ board, live }) => !board.synced || !live.connected);
		if (absent.length > 0) throw new Error(`${String(absent.length)} are not back`);
		for (const { board, live } of hall) {
			if (board.ideas.join() !== ideas.join()) throw new Error('Somebody has another board');
			if (live.view?.counts.present !== hall.length) throw new Error('Somebody counts other people');
		}
	}, patience);
}

function report(signal: string, tookMs: number, handshakes: readonly number[]): void {
	if (!isThorough) return;
	const perSecond = Map.groupBy(handshakes, (at) => Math.floor(at / 1_000));
	const peak = Math.max(...[...perSecond.values()].map((second) => second.length));
	process.stdout.write(
		`${signal}: ${String(people)} people with two connections each are back ${(tookMs / 1000).toFixed(1)} s after the start; ` +
			`${String(handshakes.length)} handshakes of boards, at most ${String(peak)} in a second\n`,
	);
}
