import { serverNames, type ServerName } from './dialects.ts';
import type { Burst } from './joining.ts';
import { documentKinds, type DocumentKind } from './replica.ts';

/** What is to be measured, and how thoroughly. */
export type Plan = {
	readonly servers: readonly ServerName[];
	readonly ladders: Readonly<Record<DocumentKind, readonly number[]>>;
	/** A step that is known to be beyond a server is left out where time is short: what is lost there takes longest. */
	readonly sparesTheLost: boolean;
	readonly boards: boolean;
	/** A thousand connections apart from the ladders; or else what the ladders' last step can say of memory. */
	readonly idle: readonly DocumentKind[];
	readonly memoryOnTheWay: boolean;
	readonly bursts: readonly Burst[];
	readonly gate: boolean;
	readonly commits: boolean;
	readonly longBoard: boolean;
	readonly warmMs: number;
	readonly measureMs: number;
	/** How long what was sent may take to arrive before it counts as lost. */
	readonly drainMs: number;
	readonly idleMs: number;
	readonly saturateMs: number;
	/** Keystrokes that the gate checks. */
	readonly keystrokes: number;
	/** Clients of each document that keep a replica. */
	readonly replicas: number;
};

const bursts: readonly Burst[] = [
	{ people: 300, overMs: 0 },
	{ people: 1000, overMs: 60_000 },
];

/**
 * `--quick`: in less than a minute, and only what the summary needs. `--server ours`: this server alone.
 * `--only text300,board1000,30x20,idle,join,gate,commits,long`: these measurements.
 */
export function planOf(options: ReadonlyMap<string, string>): Plan {
	const quick = options.has('quick');
	const sizes = quick ? [300, 1000] : [30, 100, 300, 1000];
	const only = options.get('only')?.split(',');
	const wants = (name: string, usual = !quick) => only?.includes(name) ?? usual;
	const ladder = (kind: DocumentKind) => sizes.filter((size) => wants(`${kind}${String(size)}`, true));
	const server = serverNames.find((name) => name === options.get('server'));
	return {
		servers: server === undefined ? serverNames : [server],
		ladders: { text: ladder('text'), board: ladder('board') },
		sparesTheLost: quick,
		boards: wants('30x20'),
		idle: documentKinds.filter((kind) => wants('idle') || wants(`idle-${kind}`)),
		memoryOnTheWay: quick,
		bursts: wants('join') ? bursts : [],
		gate: wants('gate', true),
		commits: wants('commits'),
		longBoard: wants('long'),
		warmMs: quick ? 1_500 : 6_000,
		measureMs: quick ? 1_200 : 10_000,
		drainMs: quick ? 3_000 : 10_000,
		idleMs: 20_000,
		saturateMs: quick ? 2_000 : 5_000,
		keystrokes: quick ? 2_000 : 20_000,
		replicas: 4,
	};
}
