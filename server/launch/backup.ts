import { systemClock } from '../clock.ts';
import { type Config } from '../config.ts';
import { connect, type Database } from '../db/client.ts';
import { EmbeddedPostgres } from '../db/embedded.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { readArguments, typedPath } from './arguments.ts';
import { loadConfig } from './environment.ts';
import { runCommand, say } from './terminal.ts';

await runCommand(async () => {
	const { words } = readArguments('Say where the backup shall go: npm run backup evening.backup', 1);
	const file = typedPath(words[0] ?? '');
	await withReadableDatabase(loadConfig(), async (database) => {
		const { rows, tables } = await writeBackup(database, file, systemClock.now());
		say(`${rows} rows of ${tables} tables are in ${file}.`);
		say('Keep it safe: it holds what people wrote, and the addresses they left.');
	});
});

/** A backup only reads, so it may be made while the board is running: of the same embedded server, then. */
async function withReadableDatabase(config: Config, use: (database: Database) => Promise<void>): Promise<void> {
	const running = config.databaseUrl ?? EmbeddedPostgres.runningIn(config.dataDir);
	const own = running === undefined ? await EmbeddedPostgres.start({ dataDir: config.dataDir }) : undefined;
	try {
		const database = connect(running ?? own?.url ?? '', { max: 2, applicationName: 'boost-board backup' });
		try {
			await use(database);
		} finally {
			await database.end({ timeout: 1 });
		}
	} finally {
		await own?.stop();
	}
}
