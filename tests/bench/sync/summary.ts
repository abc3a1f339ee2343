import type { ServerName } from './dialects.ts';
import type { Row } from './figures.ts';
import type { GateUpdate } from './gate-cost.ts';
import type { MemoryRow } from './memory.ts';
import type { Results } from './report.ts';
import { documentKinds, type DocumentKind } from './replica.ts';

/** The figures by which runs are compared: of each kind of document, and the worse of both. Lower is better. */
export function summaryOf({ rows, memory, joins, gate, commits, longBoard }: Results): Record<string, number> {
	const checkRatio = (name: GateUpdate) => {
		const cost = gate.find((one) => one.name === name);
		return cost === undefined ? undefined : cost.check / cost.apply;
	};
	const commitsOf = (kind: DocumentKind) => commits.find((row) => row.kind === kind)?.perSecond;
	const figures: Record<string, number | undefined> = {
		...worseOf('cpuPerDeliveryRatio300', (kind) => cpuRatio(rows, `${kind}300`)),
		...worseOf('cpuPerDeliveryRatio1000', (kind) => cpuRatio(rows, `${kind}1000`)),
		cpuPerDeliveryRatioBoards: cpuRatio(rows, '30x20'),
		...worseOf('p95Ms300', (kind) => ownRow(rows, `${kind}300`)?.phase.p95Ms),
		...worseOf('p95Ms1000', (kind) => ownRow(rows, `${kind}1000`)?.phase.p95Ms),
		...worseOf('memoryPerConnectionRatio', (kind) => memoryRatio(memory, kind)),
		checkRatio: checkRatio('keystroke'),
		checkRatioPaste: checkRatio('paste'),
		checkRatioStep2: checkRatio('step2'),
		keystrokesPerSecond: commitsOf('text'),
		commandsPerSecond: commitsOf('board'),
		longBoardColdMs: longBoard?.coldMs,
		longBoardWarmMs: longBoard?.warmMs,
		...(rows.some(isOurs) ? { lost: sumOf(rows.filter(isOurs).map(({ phase }) => phase.lost)) } : {}),
		...(joins.some(isOurs) ? { joinsFailed: sumOf(joins.filter(isOurs).map(({ failed }) => failed)) } : {}),
	};
	const measured = Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== undefined);
	return Object.fromEntries(measured);
}

/** `name` for the worse kind, `nameText` and `nameBoard` for each that was measured. */
function worseOf(name: string, figure: (kind: DocumentKind) => number | undefined): Record<string, number> {
	const measured = documentKinds.flatMap((kind) => {
		const value = figure(kind);
		return value === undefined ? [] : [{ key: name + kind.charAt(0).toUpperCase() + kind.slice(1), value }];
	});
	if (measured.length === 0) return {};
	return {
		[name]: Math.max(...measured.map(({ value }) => value)),
		...Object.fromEntries(measured.map(({ key, value }) => [key, value])),
	};
}

/** Our CPU for a delivery against that of the better peer, of those that delivered everything. */
function cpuRatio(rows: readonly Row[], load: string): number | undefined {
	const those = rows.filter((row) => row.load === load && (isOurs(row) || row.phase.lost === 0));
	return ratioToBetterPeer(those.map((row) => ({ server: row.server, value: row.cpuPerDelivery })));
}

function memoryRatio(memory: readonly MemoryRow[], kind: DocumentKind): number | undefined {
	const those = memory.filter((row) => row.kind === kind);
	return ratioToBetterPeer(those.map(({ server, held }) => ({ server, value: held })));
}

function ratioToBetterPeer(figures: readonly { server: ServerName; value: number }[]): number | undefined {
	const ours = figures.find(isOurs);
	const peers = figures.filter((figure) => !isOurs(figure));
	if (ours === undefined || peers.length === 0) return undefined;
	return ours.value / Math.min(...peers.map(({ value }) => value));
}

function ownRow(rows: readonly Row[], load: string): Row | undefined {
	return rows.find((row) => row.load === load && isOurs(row));
}

function isOurs({ server }: { server: ServerName }): boolean {
	return server === 'ours';
}

function sumOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}
