import { restoreBackup } from '../backup/restore-backup.ts';
import { createLogger } from '../logger.ts';
import { readArguments, typedPath } from './arguments.ts';
import { loadConfig } from './environment.ts';
import { openDatabase } from './open-database.ts';
import { runCommand, say } from './terminal.ts';

await runCommand(async () => {
	const usage = 'Say which backup to restore: npm run restore evening.backup (or: npm run restore -- FILE --replace)';
	const { words, switches } = readArguments(usage, 1, ['--replace']);
	const file = typedPath(words[0] ?? '');
	const config = loadConfig();
	const opened = await openDatabase(config, createLogger(config.logLevel), undefined, { migrate: false });
	try {
		const { rows, tables } = await restoreBackup(opened.database, file, { replace: switches.has('--replace') });
		say(`${rows} rows of ${tables} tables are restored (${opened.description}).`);
	} finally {
		await opened.close();
	}
});
