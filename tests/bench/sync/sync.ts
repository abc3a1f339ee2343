import process from 'node:process';

import { startBenchDatabase } from '../bench-database.ts';
import type { Figures } from '../run.ts';

import { manyBoards } from './boards.ts';
import { partCores } from './cores.ts';
import { measureGate } from './gate-cost.ts';
import { join } from './joining.ts';
import { climb, type Climb } from './ladder.ts';
import { idle } from './memory.ts';
import { measureCommits, measureLongBoard } from './own-engine.ts';
import { installPeers } from './peers.ts';
import { planOf, type Plan } from './plan.ts';
import { documentKinds } from './replica.ts';
import { reportOf, type Results } from './report.ts';
import type { ServerSetting } from './servers.ts';
import { summaryOf } from './summary.ts';

/**
 * Our server beside the Yjs servers that people would otherwise pick, under the same load, each on a core of its own.
 *
 * A delivered change is one writer's keystroke or board operation at one other client. Few clients apply what they get to a
 * document, and say how long it took; all others hash it and must have got the same bytes as those. Ours is the whole program
 * with real people who were let in, and commits to Postgres before anybody else hears of a change; the others keep nothing.
 * Whoever writes on a board of ours has a second socket for commands, which counts among connections and bytes.
 */
export async function measureSync(options: ReadonlyMap<string, string>): Promise<Figures> {
	const plan = planOf(options);
	if (plan.servers.some((name) => name !== 'ours')) await installPeers();
	const cores = partCores();
	if (!cores.pinned)
		process.stdout.write('Server and load could not be given a core each; they share what there is.\n');
	await using database = await startBenchDatabase();
	const setting = { cores, database };
	const { rows, memory } = await climbAll(plan, setting);
	const results: Results = {
		rows: [...rows, ...(plan.boards ? await inTurn(plan.servers, (name) => manyBoards(name, plan, setting)) : [])],
		memory: [
			...memory,
			...(await inTurn(pairs(plan.idle, plan.servers), ([kind, name]) => idle(name, kind, plan, setting))),
		],
		joins: await joinAll(plan, setting),
		gate: plan.gate ? measureGate(plan.keystrokes) : [],
		commits: plan.commits ? await inTurn(documentKinds, (kind) => measureCommits(kind, plan, setting)) : [],
		longBoard: plan.longBoard ? await measureLongBoard(setting) : null,
	};
	process.stdout.write(reportOf(results));
	return summaryOf(results);
}

async function climbAll(
	plan: Plan,
	setting: ServerSetting,
): Promise<{ rows: Results['rows']; memory: Results['memory'] }> {
	const kinds = documentKinds.filter((kind) => plan.ladders[kind].length > 0);
	const climbs: Climb[] = await inTurn(pairs(kinds, plan.servers), ([kind, name]) => climb(name, kind, plan, setting));
	return {
		rows: climbs.flatMap(({ rows }) => rows),
		memory: climbs.flatMap(({ memory }) => (memory === null ? [] : [memory])),
	};
}

function joinAll(plan: Plan, setting: ServerSetting): Promise<Results['joins'][number][]> {
	const loads = pairs(plan.bursts, documentKinds);
	return inTurn(pairs(loads, plan.servers), ([[burst, kind], name]) => join(name, kind, burst, setting));
}

function pairs<Left, Right>(lefts: readonly Left[], rights: readonly Right[]): (readonly [Left, Right])[] {
	return lefts.flatMap((left) => rights.map((right) => [left, right] as const));
}

/** One after the other, so that nothing disturbs what is measured; a line on standard error says where it is. */
async function inTurn<Item, Result>(
	items: readonly Item[],
	measure: (item: Item) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	for (const item of items) {
		process.stderr.write(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${JSON.stringify(item)}\n`);
		results.push(await measure(item));
	}
	return results;
}
