import { type Config } from '../config.ts';
import { connect, type Database } from '../db/client.ts';
import { EmbeddedPostgres } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { takeOwnership } from '../db/ownership.ts';
import { type Logger } from '../logger.ts';
import { StartRefusal } from '../start-refusal.ts';

/** The database of this program, which nobody else uses while it is open. */
export type OpenDatabase = {
	database: Database;
	/** In words, for the terminal. */
	description: string;
	/** The migrations that were applied just now. */
	applied: readonly string[];
	close(): Promise<void>;
};

/** Called when the database is gone for good: its server can't be started again, or somebody took it */
export type OnFailure = (error: unknown) => void;

/** What is still being asked when we close gets this long. */
const closeWithinSeconds = 1;

/**
 * Opens the configured database, or starts the embedded one, and brings it to the schema of this program.
 * @throws StartRefusal if it can't be reached or another program uses it
 */
export async function openDatabase(
	config: Config,
	logger: Logger,
	onFailure: OnFailure = failLoudly,
	options: { migrate: boolean } = { migrate: true },
): Promise<OpenDatabase> {
	const source = await (config.databaseUrl === undefined
		? embeddedSource(config, logger, onFailure)
		: serverSource(config.databaseUrl, onFailure));
	const database = connect(source.url, { max: config.databaseConnections });
	const close = async () => {
		await database.end({ timeout: closeWithinSeconds });
		await source.close();
	};
	try {
		const applied = options.migrate ? await migrate(database) : [];
		if (applied.length > 0) logger.info({ applied }, 'migrated');
		return { database, description: source.description, applied, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** What commands that are soon over do about it. */
function failLoudly(error: unknown): void {
	throw error;
}

type Source = { url: string; description: string; close(): Promise<void> };

async function embeddedSource(config: Config, logger: Logger, onFailure: OnFailure): Promise<Source> {
	const server = await EmbeddedPostgres.start({
		dataDir: config.dataDir,
		onRestart: (log) => logger.error({ log }, 'Postgres has ended and is started again'),
		onFailure,
	});
	return { url: server.url, description: `embedded Postgres in ${config.dataDir}`, close: () => server.stop() };
}

const oldestVersion = 140_000;

async function serverSource(url: string, onFailure: OnFailure): Promise<Source> {
	const { host, pathname } = new URL(url);
	const description = `Postgres at ${host}${pathname}`;
	await checkServer(url, description);
	const lost = () => onFailure(new Error(`Another program has taken the database ${description}.`));
	const ownership = await takeOwnership(url, lost);
	if (!ownership) {
		throw new StartRefusal(
			`Another Boost Board is running with the database of DATABASE_URL (${description}). Stop it first, or use another database.`,
		);
	}
	return { url, description, close: () => ownership.release() };
}

async function checkServer(url: string, description: string): Promise<void> {
	const database = connect(url, { max: 1 });
	try {
		const [row] = await database<
			[{ version: number }]
		>`select current_setting('server_version_num')::integer as version`;
		if (row.version >= oldestVersion) return;
	} catch (error) {
		const reason = error instanceof Error ? error.message || String(error) : String(error);
		throw new StartRefusal(`The database of DATABASE_URL (${description}) can't be used: ${reason}.`, { cause: error });
	} finally {
		await database.end({ timeout: 1 });
	}
	throw new StartRefusal(
		`The database of DATABASE_URL (${description}) is older than Postgres 14, the oldest that works.`,
	);
}
