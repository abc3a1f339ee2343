import { type Config } from '../config.ts';
import { connect, type Database } from '../db/client.ts';
import { EmbeddedPostgres } from '../db/embedded.ts';

/**
 * For what may be done while the board is running: uses the server that is there already, and only otherwise starts the
 * embedded one. The schema is taken as it is.
 */
export async function withReachableDatabase(config: Config, use: (database: Database) => Promise<void>): Promise<void> {
	const running = config.databaseUrl ?? EmbeddedPostgres.runningIn(config.dataDir);
	if (running !== undefined) return withPool(running, use);
	const server = await EmbeddedPostgres.start({ dataDir: config.dataDir });
	try {
		await withPool(server.url, use);
	} finally {
		await server.stop();
	}
}

async function withPool(url: string, use: (database: Database) => Promise<void>): Promise<void> {
	const database = connect(url, { max: 2, applicationName: 'boost-board command' });
	try {
		await use(database);
	} finally {
		await database.end({ timeout: 1 });
	}
}
