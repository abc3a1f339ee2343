import type { ServerName } from './dialects.ts';
import type { Row } from './figures.ts';
import { growMeasured, type MemoryRow } from './memory.ts';
import type { Plan } from './plan.ts';
import type { DocumentKind } from './replica.ts';
import type { ServerSetting } from './servers.ts';
import { runPhases, setStage } from './stage.ts';

export type Climb = { readonly rows: readonly Row[]; readonly memory: MemoryRow | null };

/**
 * One document whose crowd grows from step to step; at each step a fifth of it writes. If the plan says so, the last
 * step's growth also shows what a connection costs.
 */
export async function climb(name: ServerName, kind: DocumentKind, plan: Plan, setting: ServerSetting): Promise<Climb> {
	const sizes = plan.ladders[kind];
	await using stage = await setStage(name, { kind, documents: 1, peopleEach: Math.max(...sizes) }, setting);
	const rows: Row[] = [];
	let memory: MemoryRow | null = null;
	let reached = 0;
	for (const size of sizes) {
		if (plan.memoryOnTheWay && reached > 0) {
			const between = [0, 1, 2, 3].map((third) => wholeFives(reached + (third * (size - reached)) / 3));
			memory = await growMeasured(stage, { kind, sizes: between, replicas: plan.replicas });
		}
		await stage.load.call('grow', { size, replicas: plan.replicas });
		await stage.load.call('employ');
		if (plan.sparesTheLost && isBeyond(name, size)) break;
		rows.push(await runPhases(`${kind}${String(size)}`, stage, plan));
		reached = size;
	}
	return { rows, memory };
}

/** It sends each change to each client by itself, which at this size takes several cores. */
function isBeyond(name: ServerName, size: number): boolean {
	return name === 'y-websocket' && size >= 1000;
}

/** Sizes in which a fifth is a whole number, so that whoever writes goes on writing. */
function wholeFives(size: number): number {
	return Math.round(size / 5) * 5;
}
