import { writeBackup } from '../backup/write-backup.ts';
import { systemClock } from '../clock.ts';
import { readArguments, typedPath } from './arguments.ts';
import { loadConfig } from './environment.ts';
import { withReachableDatabase } from './reachable-database.ts';
import { runCommand, say } from './terminal.ts';

await runCommand(async () => {
	const { words } = readArguments('Say where the backup shall go: npm run backup evening.backup', 1);
	const file = typedPath(words[0] ?? '');
	await withReachableDatabase(loadConfig(), async (database) => {
		const { rows, tables } = await writeBackup(database, file, systemClock.now());
		say(`${rows} rows of ${tables} tables are in ${file}.`);
		say('Keep it safe: it holds what people wrote, and the addresses they left.');
	});
});
