import { createLogger } from '../logger.ts';
import { loadConfig } from './environment.ts';
import { openDatabase } from './open-database.ts';
import { runCommand, say } from './terminal.ts';

await runCommand(async () => {
	const config = loadConfig();
	const opened = await openDatabase(config, createLogger(config.logLevel));
	await opened.close();
	say(
		opened.applied.length === 0
			? `The database is up to date (${opened.description}).`
			: `Applied ${opened.applied.join(', ')} (${opened.description}).`,
	);
});
