import { systemClock } from '../clock.ts';
import { runImport } from '../imports/import-cli.ts';
import { createLogger } from '../logger.ts';
import { loadConfig } from './environment.ts';
import { openDatabase } from './open-database.ts';
import { runCommand, say } from './terminal.ts';

await runCommand(async () => {
	const config = loadConfig();
	const opened = await openDatabase(config, createLogger(config.logLevel));
	// npm runs scripts in the project's folder; what was typed is meant from where the person stands.
	process.chdir(process.env.INIT_CWD ?? process.cwd());
	try {
		await runImport({ database: opened.database, clock: systemClock, say }, process.argv.slice(3));
	} finally {
		await opened.close();
	}
});
