import { createOneTimeLink } from '../accounts/one-time-link-service.ts';
import { systemClock } from '../clock.ts';
import { readArguments } from './arguments.ts';
import { loadConfig } from './environment.ts';
import { notedAddress } from './noted-address.ts';
import { withReachableDatabase } from './reachable-database.ts';
import { runCommand, say } from './terminal.ts';

await runCommand(async () => {
	readArguments('This prints a link and takes no words: npm run sign-in', 0);
	const config = loadConfig();
	await withReachableDatabase(config, async (database) => {
		say('This link signs you in once, in the next 15 minutes:');
		say(await createOneTimeLink(database, systemClock, notedAddress(config)));
	});
});
