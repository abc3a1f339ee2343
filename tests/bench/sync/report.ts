import { ratioToBetterPeer, type Row } from './figures.ts';

type Column = readonly [title: string, value: (row: Row) => string];

const columns: readonly Column[] = [
	['load', ({ load }) => load],
	['server', ({ server }) => server],
	['CPU µs', ({ cpuPerDelivery }) => decimal(cpuPerDelivery, 3)],
	['p50 ms', ({ phase }) => decimal(phase.p50Ms, 1)],
	['p95 ms', ({ phase }) => decimal(phase.p95Ms, 1)],
	['p99 ms', ({ phase }) => decimal(phase.p99Ms, 1)],
	['bytes', ({ bytesPerDelivery }) => decimal(bytesPerDelivery, 1)],
	['lost', ({ phase }) => decimal(phase.lost, 0)],
	['Postgres µs', ({ server, postgresPerDelivery }) => (server === 'ours' ? decimal(postgresPerDelivery, 3) : '')],
	['core %', ({ cpuShare }) => decimal(cpuShare * 100, 0)],
	['load %', ({ phase }) => `${decimal(phase.cpuShare * 100, 0)}${phase.cpuShare > 0.9 ? '!' : ''}`],
];

/** The rows as a table; CPU and bytes are per delivered change. */
export function tableOf(rows: readonly Row[]): string {
	const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, value]) => value(row)))];
	const widths = columns.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
	const lines = cells.map((line) => line.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '));
	return `${lines.join('\n')}\n`;
}

function pad(cell: string, width: number, column: number): string {
	return column < 2 ? cell.padEnd(width) : cell.padStart(width);
}

function decimal(value: number, digits: number): string {
	return Number.isFinite(value) ? value.toLocaleString('en', { maximumFractionDigits: digits }) : '–';
}

/** What should be known before the table is believed. */
export function warningsOf(rows: readonly Row[]): string[] {
	return rows.flatMap(({ load, server, phase }) => [
		...(phase.cpuShare > 0.9
			? [`${load} at ${server}: the load had its core at more than 90 %; it may be the limit`]
			: []),
		...(phase.lost > 0
			? [`${load} at ${server}: ${String(phase.lost)} deliveries were lost or over ten seconds late`]
			: []),
	]);
}

/** The figures of the ladder for 300 and 1,000 clients, each load alone and the worse of both. */
export function summaryOf(rows: readonly Row[]): Record<string, number> {
	const summary: Record<string, number> = {};
	for (const size of [300, 1000]) {
		const kinds = (['text', 'board'] as const).filter((kind) => rows.some(({ load }) => load === `${kind}${size}`));
		const ratios = kinds.map((kind) => ratioToBetterPeer(rows, `${kind}${size}`));
		const p95s = kinds.map((kind) => ownRow(rows, `${kind}${size}`)?.phase.p95Ms ?? Number.NaN);
		for (const [index, kind] of kinds.entries()) {
			summary[`cpuPerDeliveryRatio${size}${capital(kind)}`] = ratios[index] ?? Number.NaN;
			summary[`p95Ms${size}${capital(kind)}`] = p95s[index] ?? Number.NaN;
		}
		if (kinds.length === 0) continue;
		summary[`cpuPerDeliveryRatio${size}`] = Math.max(...ratios);
		summary[`p95Ms${size}`] = Math.max(...p95s);
	}
	const own = rows.filter(({ server }) => server === 'ours');
	summary.lost = own.reduce((sum, { phase }) => sum + phase.lost, 0);
	return summary;
}

function ownRow(rows: readonly Row[], load: string): Row | undefined {
	return rows.find((row) => row.load === load && row.server === 'ours');
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
