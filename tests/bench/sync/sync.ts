import process from 'node:process';

import { startBenchDatabase } from '../bench-database.ts';
import type { Figures } from '../run.ts';

import { partCores } from './cores.ts';
import { climbAll } from './ladder.ts';
import { installPeers } from './peers.ts';
import { planOf } from './plan.ts';
import { summaryOf, tableOf, warningsOf } from './report.ts';

/**
 * Our server beside the Yjs servers that people would otherwise pick, under the same load, each on a core of its own.
 *
 * A delivered change is one writer's keystroke or board operation at one other client. Few clients apply what they get to a
 * document, and say how long it took; all others hash it and must have got the same bytes as those. Ours is the whole program
 * with real people who were let in, and commits to Postgres before anybody else hears of a change; the others keep nothing.
 */
export async function measureSync(options: ReadonlyMap<string, string>): Promise<Figures> {
	const plan = planOf(options);
	await installPeers();
	const cores = partCores();
	if (!cores.pinned)
		process.stdout.write('Server and load could not be given a core each; they share what there is.\n');
	await using database = await startBenchDatabase();
	const rows = await climbAll(plan, { cores, database });
	process.stdout.write(`${tableOf(rows)}\n`);
	for (const warning of warningsOf(rows)) process.stdout.write(`${warning}\n`);
	return summaryOf(rows);
}
