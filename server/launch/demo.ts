import { systemClock } from '../clock.ts';
import { loadDemo } from '../demo/load-demo.ts';
import { createLogger } from '../logger.ts';
import { readArguments } from './arguments.ts';
import { loadConfig } from './environment.ts';
import { openDatabase } from './open-database.ts';
import { runCommand, say } from './terminal.ts';

await runCommand(async () => {
	readArguments('This loads the demo and takes no words: npm run demo', 0);
	const config = loadConfig();
	const opened = await openDatabase(config, createLogger(config.logLevel));
	try {
		const { joinCode, conversationCode } = await loadDemo(opened.database, systemClock);
		say(`The demo is loaded (${opened.description}): join with ${joinCode} or ${conversationCode} after npm start.`);
	} finally {
		await opened.close();
	}
});
