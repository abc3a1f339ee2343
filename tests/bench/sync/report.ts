import type { Row } from './figures.ts';
import type { GateCost } from './gate-cost.ts';
import type { JoinRow } from './joining.ts';
import type { MemoryRow } from './memory.ts';
import type { CommitRow } from './own-engine.ts';
import { decimal, tableOf, type Column } from './table.ts';

/** Everything that one run has measured. */
export type Results = {
	readonly rows: readonly Row[];
	readonly memory: readonly MemoryRow[];
	readonly joins: readonly JoinRow[];
	readonly gate: readonly GateCost[];
	readonly commits: readonly CommitRow[];
	readonly longBoard: { readonly coldMs: number; readonly warmMs: number } | null;
};

const busyShare = 0.9;
const strangeShare = 0.2;

const rowColumns: readonly Column<Row>[] = [
	['load', ({ load }) => load, 'left'],
	['server', ({ server }) => server, 'left'],
	['CPU µs', ({ cpuPerDelivery }) => decimal(cpuPerDelivery, 3)],
	['p50 ms', ({ phase }) => decimal(phase.p50Ms, 1)],
	['p95 ms', ({ phase }) => decimal(phase.p95Ms, 1)],
	['p99 ms', ({ phase }) => decimal(phase.p99Ms, 1)],
	['bytes', ({ bytesPerDelivery }) => decimal(bytesPerDelivery, 1)],
	['lost', ({ phase }) => decimal(phase.lost, 0)],
	['Postgres µs', ({ server, postgresPerDelivery }) => (server === 'ours' ? decimal(postgresPerDelivery, 3) : '')],
	['core %', ({ cpuShare }) => decimal(cpuShare * 100, 0)],
	['load %', ({ phase }) => decimal(phase.cpuShare * 100, 0)],
];

const memoryColumns: readonly Column<MemoryRow>[] = [
	['connected to', ({ kind }) => `a ${kind}`, 'left'],
	['server', ({ server }) => server, 'left'],
	['connections', ({ connections }) => decimal(connections, 0)],
	['kB held each', ({ held }) => decimal(held / 1000, 1)],
	['kB resident each', ({ resident }) => decimal(resident / 1000, 1)],
	['idle core %', ({ cpuShare }) => decimal(cpuShare * 100, 2)],
];

const joinColumns: readonly Column<JoinRow>[] = [
	[
		'joining',
		({ kind, people, overMs }) => `a ${kind}, ${decimal(people, 0)} in ${decimal(overMs / 1000, 0)} s`,
		'left',
	],
	['server', ({ server }) => server, 'left'],
	['first state p50 ms', ({ p50Ms }) => decimal(p50Ms, 1)],
	['p95 ms', ({ p95Ms }) => decimal(p95Ms, 1)],
	['CPU µs each', ({ microsecondsPerJoin }) => decimal(microsecondsPerJoin, 0)],
	['Postgres µs each', ({ server, postgresPerJoin }) => (server === 'ours' ? decimal(postgresPerJoin, 0) : '')],
	['failed', ({ failed }) => decimal(failed, 0)],
];

const gateColumns: readonly Column<GateCost>[] = [
	['update', ({ update }) => update, 'left'],
	['check ns', ({ check }) => decimal(check, 0)],
	['Y.applyUpdate ns', ({ apply }) => decimal(apply, 0)],
	['ratio', ({ check, apply }) => decimal(check / apply, 2)],
];

const commitColumns: readonly Column<CommitRow>[] = [
	['acknowledged', ({ kind }) => (kind === 'text' ? 'keystrokes' : 'commands'), 'left'],
	['a second', ({ perSecond }) => decimal(perSecond, 0)],
	['CPU µs each', ({ microseconds }) => decimal(microseconds, 0)],
	['Postgres µs each', ({ postgresMicroseconds }) => decimal(postgresMicroseconds, 0)],
];

/** All tables; CPU and bytes of the first are for each delivered change. */
export function reportOf({ rows, memory, joins, gate, commits, longBoard }: Results): string {
	const long = longBoard === null ? [] : [longBoard];
	return [
		tableOf(rowColumns, rows),
		tableOf(memoryColumns, memory),
		tableOf(joinColumns, joins),
		tableOf(gateColumns, gate),
		tableOf(commitColumns, commits),
		...long.map(
			({ coldMs, warmMs }) =>
				`A board of 5,000 ideas opens in ${decimal(coldMs, 0)} ms the first time, then in ${decimal(warmMs, 0)} ms.\n\n`,
		),
		...warningsOf(rows),
	].join('');
}

/** What should be known before the table is believed. */
function warningsOf(rows: readonly Row[]): string[] {
	const warnings = rows.flatMap(({ load, server, phase, loadCoreShare }) => [
		...(loadCoreShare > busyShare
			? [`${load} at ${server}: load and Postgres had their core at more than 90 %; they may be the limit.\n`]
			: []),
		...(phase.lost > 0 ? [`${load} at ${server}: ${decimal(phase.lost, 0)} deliveries did not arrive in time.\n`] : []),
	]);
	const strangers = rows.map(({ strangersShare }) => strangersShare).filter((share) => share > strangeShare);
	if (strangers.length === 0) return warnings;
	const most = decimal(Math.max(...strangers) * 100, 0);
	return [
		...warnings,
		`Other programs had up to ${most} % of a core meanwhile: delays and ratios are not to be trusted.\n`,
	];
}
