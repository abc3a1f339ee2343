import { setTimeout as pause } from 'node:timers/promises';

import { percentile } from '../percentile.ts';

import type { ServerName } from './dialects.ts';
import type { Plan } from './plan.ts';
import type { Memory } from './probe.ts';
import type { DocumentKind } from './replica.ts';
import type { ServerSetting } from './servers.ts';
import { costOf, setStage, type Stage } from './stage.ts';

/** What connections cost a server while nobody writes. */
export type MemoryRow = {
	readonly kind: DocumentKind;
	readonly server: ServerName;
	readonly connections: number;
	/** Bytes for each: what JavaScript and its buffers hold, and what the whole process grew by. Both after a full collection. */
	readonly held: number;
	readonly resident: number;
	/** Of a core; NaN if it was not measured. */
	readonly cpuShare: number;
};

/** Enough at first that the paths are compiled before anything is measured. */
const idleSizes = [50, 150, 250, 350, 450, 550, 650, 750, 850, 1000];

/**
 * What the server's memory grows by with each socket, while the crowd grows from the first of these sizes to the last. Of what
 * is held, the median over the steps: a server may free something once on the way that has nothing to do with connections.
 */
export async function growMeasured(
	{ server, load }: Stage,
	{ kind, sizes, replicas }: { kind: DocumentKind; sizes: readonly number[]; replicas: number },
): Promise<MemoryRow> {
	const marks: Mark[] = [];
	for (const size of sizes) {
		await load.call('grow', { size, replicas });
		await load.call('employ');
		marks.push({ ...(await server.probe.call('memory')), connections: await load.call('connections') });
	}
	const steps = marks.slice(1).map((mark, index) => growth(marks[index] ?? mark, mark));
	const [first, last] = [marks[0], marks.at(-1)];
	if (first === undefined || last === undefined) throw new Error('There is nothing to compare');
	return {
		kind,
		server: server.name,
		connections: last.connections - first.connections,
		held: percentile(
			steps.map(({ held }) => held),
			0.5,
		),
		resident: growth(first, last).resident,
		cpuShare: Number.NaN,
	};
}

type Mark = Memory & { readonly connections: number };

function growth(before: Mark, after: Mark): Memory {
	const connections = after.connections - before.connections;
	return {
		held: (after.held - before.held) / connections,
		resident: (after.resident - before.resident) / connections,
	};
}

/** A thousand people look at a document, and nobody writes. */
export async function idle(
	name: ServerName,
	kind: DocumentKind,
	plan: Plan,
	setting: ServerSetting,
): Promise<MemoryRow> {
	await using stage = await setStage(name, { kind, documents: 1, peopleEach: Math.max(...idleSizes) }, setting);
	const memory = await growMeasured(stage, { kind, sizes: idleSizes, replicas: 1 });
	const { serverMicroseconds } = await costOf(stage, () => pause(plan.idleMs));
	return { ...memory, cpuShare: serverMicroseconds / 1000 / plan.idleMs };
}
