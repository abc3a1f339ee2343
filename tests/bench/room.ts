import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

import { Guest } from '../helpers/guest.ts';
import { freePort } from '../helpers/free-port.ts';
import { runProgram } from '../helpers/program.ts';
import { seedWorkshop } from '../helpers/seeded-workshop.ts';

import { startBenchDatabase } from './bench-database.ts';
import { percentile } from './percentile.ts';
import { cpuSecondsOf, residentMebibytesOf } from './process-cost.ts';
import type { Figures } from './run.ts';

/**
 * One room on one board: people join through one address, then each writes an idea every few seconds.
 * `--participants` (100), `--ideas` each (5), `--pause` between two of one person in ms (2000).
 *
 * Acknowledgement: from sending to the answer, which comes after the commit. Delivery: from sending to the moment an idea is in the
 * replica of another browser; only some of them parse what they get, or the load would measure itself.
 */
export async function measureRoom(options: ReadonlyMap<string, string>): Promise<Figures> {
	const participants = Number(options.get('participants') ?? 100);
	const ideasEach = Number(options.get('ideas') ?? 5);
	const pauseMs = Number(options.get('pause') ?? 2000);

	await using database = await startBenchDatabase();
	const seeded = await seedWorkshop(database.sql, { step: 'collect' });
	const port = await freePort();
	const script = fileURLToPath(new URL('../helpers/app-process.ts', import.meta.url));
	const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: database.dataDir, PORT: String(port) };
	await using server = runProgram(process.execPath, [script], { env });
	await server.line(/listening/);

	using room = new DisposableStack();
	const guests = Array.from({ length: participants }, () => room.use(new Guest(`http://127.0.0.1:${String(port)}`)));
	const joinStart = performance.now();
	await Promise.all(guests.map((guest) => guest.join(seeded.code)));
	const joinMs = performance.now() - joinStart;
	const lives = guests.map((guest) => guest.live('participant', seeded.code));
	const readers = guests.filter((_, index) => index % 10 === 0).map((guest) => guest.board(seeded.plenaryBoardId));
	await until(() => lives.every((live) => live.me !== undefined) && readers.every((reader) => reader.synced));

	const sentAt = new Map<string, number>();
	const deliveriesMs: number[] = [];
	for (const reader of readers) {
		reader.onIdea((text) => {
			const sent = sentAt.get(text);
			if (sent !== undefined) deliveriesMs.push(performance.now() - sent);
		});
	}
	const cpuBefore = await cpuSecondsOf(server.pid);
	const acksMs: number[] = [];
	let refused = 0;
	const start = performance.now();
	await Promise.all(
		lives.map(async (live, writer) => {
			await pause((pauseMs * writer) / participants);
			for (let number = 0; number < ideasEach; number += 1) {
				const text = `Idea ${String(number)} of ${String(writer)}`;
				sentAt.set(text, performance.now());
				const ack = await live.send('idea.submit', { text });
				acksMs.push(performance.now() - (sentAt.get(text) ?? 0));
				if (!ack.ok) refused += 1;
				await pause(pauseMs);
			}
		}),
	);
	const seconds = (performance.now() - start) / 1000;
	const expected = participants * ideasEach - refused;
	await until(() => readers.every((reader) => reader.content.ideas.length === expected));
	const cpuSeconds = (await cpuSecondsOf(server.pid)) - cpuBefore;
	const [row] = await database.sql<{ count: number }[]>`select count(*) from idea`;
	return {
		participants,
		ideas: expected,
		joinAllMs: joinMs,
		ideasPerSecond: expected / seconds,
		ackP50Ms: percentile(acksMs, 0.5),
		ackP95Ms: percentile(acksMs, 0.95),
		deliveryP50Ms: percentile(deliveriesMs, 0.5),
		deliveryP95Ms: percentile(deliveriesMs, 0.95),
		serverCpuPercent: (cpuSeconds / seconds) * 100,
		serverMemoryMiB: await residentMebibytesOf(server.pid),
		refused,
		lost: expected - (row?.count ?? 0),
	};
}

async function until(holds: () => boolean): Promise<void> {
	const end = performance.now() + 60_000;
	while (!holds()) {
		if (performance.now() > end) throw new Error('The room did not get there within a minute');
		await pause(10);
	}
}
