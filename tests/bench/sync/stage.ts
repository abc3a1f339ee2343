import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

import { postgresCpuSecondsOf } from '../process-cost.ts';

import { planDocuments, type DocumentsWanted } from './documents.ts';
import { rowOf, type Row } from './figures.ts';
import type { Plan } from './plan.ts';
import { startLoad, startServer, type MeasuredServer, type RunningLoad, type ServerSetting } from './servers.ts';
import type { ServerName } from './dialects.ts';

/** One server with the load at its documents. */
export type Stage = AsyncDisposable & {
	readonly server: MeasuredServer;
	readonly load: RunningLoad['remote'];
	readonly postgresPid: number;
};

const answerWithinMs = 500;

/** Starts a server and a load, with the documents ready and two people at each. */
export async function setStage(name: ServerName, wanted: DocumentsWanted, setting: ServerSetting): Promise<Stage> {
	await using stack = new AsyncDisposableStack();
	const load = stack.use(startLoad());
	const { database } = setting;
	const planning = planDocuments(name, wanted, database.sql);
	const server = stack.use(await startServer(name, setting));
	const documents = (await planning).map((document) => ({ ...document, port: server.port }));
	await load.remote.call('prepare', { documents });
	const whole = stack.move();
	return {
		server,
		load: load.remote,
		postgresPid: database.serverPid,
		[Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
	};
}

/** What a piece of work has used meanwhile. */
export type Cost = {
	/** CPU in microseconds; NaN for a server that doesn't answer any more. */
	readonly serverMicroseconds: number;
	readonly postgresMicroseconds: number;
	/** Of all cores and programs of this machine. */
	readonly machineMicroseconds: number;
	readonly seconds: number;
};

export async function costOf<Result>(
	{ server, postgresPid }: Stage,
	work: () => Promise<Result>,
): Promise<Cost & { readonly result: Result }> {
	const start = performance.now();
	const machineBefore = machineMicroseconds();
	const postgresBefore = await postgresCpuSecondsOf(postgresPid);
	const before = await server.probe.call('cpu');
	const result = await work();
	const after = await Promise.race([server.probe.call('cpu'), pause(answerWithinMs, Number.NaN)]);
	return {
		result,
		serverMicroseconds: after - before,
		postgresMicroseconds: ((await postgresCpuSecondsOf(postgresPid)) - postgresBefore) * 1e6,
		machineMicroseconds: machineMicroseconds() - machineBefore,
		seconds: (performance.now() - start) / 1000,
	};
}

function machineMicroseconds(): number {
	return cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) * 1000, 0);
}

/** A warm-up and the measured phase; a server that doesn't get through the warm-up is judged by it. */
export async function runPhases(name: string, stage: Stage, plan: Plan): Promise<Row> {
	const run = async (milliseconds: number) => {
		const { result, ...used } = await costOf(stage, () =>
			stage.load.call('run', { milliseconds, drainMs: plan.drainMs }),
		);
		return rowOf(name, stage.server.name, result, used);
	};
	const warm = await run(plan.warmMs);
	return warm.phase.lost > 0 ? warm : run(plan.measureMs);
}
