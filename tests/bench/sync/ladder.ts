import { familyCpuSecondsOf } from '../process-cost.ts';

import { rowOf, type Row } from './figures.ts';
import type { Plan } from './plan.ts';
import type { DocumentKind } from './replica.ts';
import { startLoad, startServer, type MeasuredServer, type RunningLoad, type ServerSetting } from './servers.ts';
import { planDocument } from './workshop.ts';

/** One document whose crowd grows from step to step; at each step its writers write. */
export async function climb(
	server: MeasuredServer,
	kind: DocumentKind,
	plan: Plan,
	{ database }: ServerSetting,
): Promise<Row[]> {
	const sizes = plan.ladders[kind];
	if (sizes.length === 0) return [];
	await using load = startLoad();
	const document = await planDocument(server, kind, Math.max(...sizes), database.sql);
	await load.remote.call('prepare', { documents: [document] });
	const rows: Row[] = [];
	for (const size of sizes) {
		await load.remote.call('grow', { size, replicas: plan.replicas });
		await load.remote.call('employ');
		rows.push(await measure(`${kind}${size}`, server, load, { plan, postgres: database.serverPid }));
	}
	return rows;
}

/** A warm-up and the measured phase; a server that doesn't get through the warm-up is judged by it. */
async function measure(
	name: string,
	server: MeasuredServer,
	load: RunningLoad,
	{ plan, postgres }: { plan: Plan; postgres: number },
): Promise<Row> {
	const run = async (milliseconds: number) => {
		const postgresBefore = await familyCpuSecondsOf(postgres);
		const before = await server.probe.call('cpu');
		const phase = await load.remote.call('run', { milliseconds });
		const serverMicroseconds = (await server.probe.call('cpu')) - before;
		const postgresMicroseconds = ((await familyCpuSecondsOf(postgres)) - postgresBefore) * 1e6;
		return rowOf(name, server.name, phase, { serverMicroseconds, postgresMicroseconds });
	};
	const warm = await run(plan.warmMs);
	return warm.phase.lost > 0 ? warm : run(plan.measureMs);
}

/** Measures the ladders of both kinds at each server, one server at a time. */
export async function climbAll(plan: Plan, setting: ServerSetting): Promise<Row[]> {
	const rows: Row[] = [];
	for (const kind of ['text', 'board'] as const) {
		if (plan.ladders[kind].length === 0) continue;
		for (const name of plan.servers) {
			await using server = await startServer(name, setting);
			rows.push(...(await climb(server, kind, plan, setting)));
		}
	}
	return rows;
}
