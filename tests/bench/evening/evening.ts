import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { CrowdFigures } from '#lib/protocol/rehearsal.ts';
import type { Database } from '#server/db/client.ts';
import { RunningCrowd } from '#server/rehearsal/running-crowd.ts';

import { freePort } from '../../helpers/free-port.ts';
import { startBenchDatabase, type BenchDatabase } from '../bench-database.ts';
import { percentile } from '../percentile.ts';
import { cpuSecondsOf, postgresCpuSecondsOf, residentMebibytesOf } from '../process-cost.ts';
import type { Figures } from '../run.ts';
import { startChild } from '../sync/child.ts';
import { Remote } from '../sync/remote.ts';

import { Host, type PlayedAct } from './host.ts';
import { Lookout } from './lookout.ts';
import { seedEvening } from './seeding.ts';
import type { EveningServer } from './server-process.ts';
import { slowestRate, windowsWithActivity, type Reading } from './update-rate.ts';

const seed = 20_26;
/** The crowd would stay so much longer, if it weren't told to stop. */
const spareMinutes = 10;
const longestJoinMs = 5 * 60_000;

/**
 * A whole evening: the crowd of a rehearsal (in a process of its own) writes, arranges, votes, goes and comes, a facilitator leads it
 * through the steps, a cockpit and two screens look on.
 *
 * `--participants` (300), `--tables` (30), `--minutes` from when all are in (2), `--ideas` of one person and minute (2), `--profile
 * FOLDER` writes a CPU profile of the server into it.
 *
 * `ack…`: from sending a command to its answer, of all commands of the crowd. `lost`, `duplicated`: acknowledged ideas that are not
 * there, or there twice, as their authors see it and as the rows say. `screenHz`, `cockpitHz`: updates a second in the slowest five
 * seconds in which people did what shows there.
 */
export async function measureEvening(options: ReadonlyMap<string, string>): Promise<Figures> {
	const participants = Number(options.get('participants') ?? 300);
	const tables = Number(options.get('tables') ?? 30);
	const minutes = Number(options.get('minutes') ?? 2);
	const ideasPerMinute = Number(options.get('ideas') ?? 2);

	await using database = await startBenchDatabase();
	const evening = await seedEvening(database.sql, { participants, tables });
	await using server = await startServer(database, options.get('profile'));
	const { origin } = server;
	using watchers = new DisposableStack();
	const cockpit = watchers.use(
		new Lookout(origin, { cookie: evening.hostCookie, audience: 'facilitator', workshop: evening.workshopId }),
	);
	const screens = evening.screenCookies.map((cookie) =>
		watchers.use(new Lookout(origin, { cookie, audience: 'screen', workshop: evening.code })),
	);
	await holds(() => [cockpit, ...screens].every(({ connection }) => connection.view !== undefined), 10_000);

	const readings: Reading[] = [];
	const crowdDelaysMs: number[] = [];
	const joinStart = performance.now();
	const plan = { participants, ideasPerMinute, minutes: minutes + spareMinutes };
	await using crowd = new RunningCrowd({ type: 'begin', origin, code: evening.code, plan, seed }, (figures) => {
		readings.push({ at: performance.now(), acknowledged: figures.acknowledged });
		crowdDelaysMs.push(figures.ownDelayMs);
	});
	await holds(() => crowd.figures !== null && crowd.figures.phase !== 'joining', longestJoinMs);
	const joinSeconds = (performance.now() - joinStart) / 1000;

	const host = new Host(cockpit.connection, evening, database.sql);
	await server.remote.call('longestStall');
	const commandsBefore = crowd.figures?.acknowledged ?? 0;
	const cost = await costOf([server.pid, crowd.pid], database, () => host.lead(minutes * 60_000));
	const stallMs = await server.remote.call('longestStall');
	const commands = (crowd.figures?.acknowledged ?? 0) - commandsBefore;
	const memoryMiB = await residentMebibytesOf(server.pid);
	crowd.stop();
	if (!(await crowd.ended) || crowd.figures === null) throw new Error('The crowd did not come to its end');

	const { figures } = crowd;
	const rows = await countWritten(database.sql);
	const following = (shown: 'cockpit' | 'screens', lookouts: readonly Lookout[]) => {
		const spans = cost.result.filter(({ act }) => act.shownTo[shown]).map(({ span }) => span);
		const windows = windowsWithActivity(spans, readings);
		return Math.min(...lookouts.map(({ updates }) => slowestRate(updates, windows)));
	};
	await server.remote.call('close');
	return {
		...{ participants, tables, minutes },
		...crowdFigures(figures, rows),
		joinSeconds,
		commandsPerSecond: commands / cost.seconds,
		...Object.fromEntries([...host.slowestMs].map(([name, slowestMs]) => [`slowest ${name} ms`, slowestMs])),
		screenHz: following('screens', screens),
		cockpitHz: following('cockpit', [cockpit]),
		serverCpuPercent: (cost.cpuSeconds[0] ?? Number.NaN) * (100 / cost.seconds),
		crowdCpuPercent: (cost.cpuSeconds[1] ?? Number.NaN) * (100 / cost.seconds),
		postgresCpuPercent: cost.postgresSeconds * (100 / cost.seconds),
		serverMemoryMiB: memoryMiB,
		serverStallMaxMs: stallMs,
		crowdDelayP95Ms: percentile(crowdDelaysMs, 0.95),
	};
}

function crowdFigures(figures: CrowdFigures, rows: number): Figures {
	const { joined, returned, ideas, votes, sentences, acknowledged, resent, ackMs, refused, turnedAway } = figures;
	const named = (what: string, counts: CrowdFigures['refused']) =>
		Object.fromEntries(Object.entries(counts).map(([code, count]) => [`${what} ${code}`, count]));
	return {
		...{ joined, returned, ideas, votes, sentences, commands: acknowledged, resent },
		ackP50Ms: ackMs?.p50 ?? Number.NaN,
		ackP95Ms: ackMs?.p95 ?? Number.NaN,
		ackP99Ms: ackMs?.p99 ?? Number.NaN,
		ackMaxMs: ackMs?.max ?? Number.NaN,
		lost: Math.max(figures.lost ?? Number.NaN, ideas - rows),
		duplicated: Math.max(figures.duplicated ?? Number.NaN, rows - ideas),
		...named('refused', refused),
		...named('turnedAway', turnedAway),
	};
}

type MeasuredServer = AsyncDisposable & {
	readonly origin: string;
	readonly pid: number;
	readonly remote: Remote<EveningServer>;
};

async function startServer(database: BenchDatabase, profileFolder: string | undefined): Promise<MeasuredServer> {
	const port = await freePort();
	const script = fileURLToPath(new URL('server-process.ts', import.meta.url));
	const profile = profileFolder === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileFolder];
	const { PATH, HOME } = process.env;
	const child = startChild([process.execPath, ...profile, script], {
		...{ PATH, HOME, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port) },
		...{ DATABASE_URL: database.url, DATA_DIR: database.dataDir },
	});
	const remote = new Remote<EveningServer>(child.process);
	await remote.call('listening');
	return {
		origin: `http://127.0.0.1:${String(port)}`,
		pid: child.process.pid ?? 0,
		remote,
		async [Symbol.asyncDispose]() {
			// A profile is written when the process ends by itself.
			for (let waits = 0; waits < 100 && child.process.exitCode === null; waits += 1) await pause(20);
			await child[Symbol.asyncDispose]();
		},
	};
}

type Cost = {
	readonly result: PlayedAct[];
	readonly cpuSeconds: readonly number[];
	readonly postgresSeconds: number;
	readonly seconds: number;
};

async function costOf(
	pids: readonly number[],
	database: BenchDatabase,
	work: () => Promise<PlayedAct[]>,
): Promise<Cost> {
	const usedBy = () => Promise.all(pids.map(cpuSecondsOf));
	const start = performance.now();
	const [before, postgresBefore] = [await usedBy(), await postgresCpuSecondsOf(database.serverPid)];
	const result = await work();
	const after = await usedBy();
	return {
		result,
		cpuSeconds: after.map((seconds, index) => seconds - (before[index] ?? 0)),
		postgresSeconds: (await postgresCpuSecondsOf(database.serverPid)) - postgresBefore,
		seconds: (performance.now() - start) / 1000,
	};
}

/** Ideas of people, in whatever state. */
async function countWritten(sql: Database): Promise<number> {
	const [row] = await sql<[{ count: number }]>`select count(*) from idea where participant_id is not null`;
	return row.count;
}

async function holds(condition: () => boolean, withinMs: number): Promise<void> {
	const end = performance.now() + withinMs;
	while (!condition()) {
		if (performance.now() > end) throw new Error('The evening did not get there in time');
		await pause(20);
	}
}
