import { serverNames, type ServerName } from './dialects.ts';
import type { DocumentKind } from './replica.ts';

/** What is to be measured, and how thoroughly. */
export type Plan = {
	readonly servers: readonly ServerName[];
	readonly ladders: Readonly<Record<DocumentKind, readonly number[]>>;
	readonly warmMs: number;
	readonly measureMs: number;
	readonly replicas: number;
};

/**
 * `--quick`: in less than a minute, 300 and 1,000 clients only. `--only text300,board1000`: these loads.
 * `--server ours`: this server alone.
 */
export function planOf(options: ReadonlyMap<string, string>): Plan {
	const quick = options.has('quick');
	const sizes = quick ? [300, 1000] : [30, 100, 300, 1000];
	const only = options.get('only')?.split(',');
	const chosen = (kind: DocumentKind) => sizes.filter((size) => only?.includes(`${kind}${size}`) ?? true);
	const server = serverNames.find((name) => name === options.get('server'));
	return {
		servers: server === undefined ? serverNames : [server],
		ladders: { text: chosen('text'), board: chosen('board') },
		warmMs: quick ? 1_000 : 3_000,
		measureMs: quick ? 2_000 : 10_000,
		replicas: 4,
	};
}
