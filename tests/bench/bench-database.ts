import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { connect, type Database } from '#server/db/client.ts';
import { EmbeddedPostgres } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';

export type BenchDatabase = AsyncDisposable & {
	readonly sql: Database;
	readonly url: string;
	readonly dataDir: string;
	/** The pid of Postgres itself, the parent of all its processes. */
	readonly serverPid: number;
};

/** A migrated embedded Postgres of its own, as safe against power cuts as in a hall. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
	const dataDir = await mkdtemp(path.join(tmpdir(), 'boost-bench-'));
	const server = await EmbeddedPostgres.start({ dataDir });
	const sql = connect(server.url, { applicationName: 'boost-board bench' });
	await migrate(sql);
	return {
		sql,
		url: server.url,
		dataDir,
		serverPid: server.serverPid ?? 0,
		async [Symbol.asyncDispose]() {
			await sql.end({ timeout: 1 });
			await server.stop();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}
