/**
 * The whole program without its pages, as a process of its own that tells its parent how it fares. Its settings come from the
 * environment, as those of `npm start`.
 */
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

import { createApp } from '#server/app.ts';
import { systemClock } from '#server/clock.ts';
import { readConfig } from '#server/config.ts';
import { connect } from '#server/db/client.ts';
import { createLogger } from '#server/logger.ts';

import { serveParent } from '../sync/remote.ts';

const config = readConfig(process.env);
if (config.databaseUrl === undefined) throw new Error('DATABASE_URL is missing');
const database = connect(config.databaseUrl, { max: config.databaseConnections });
const logger = createLogger(config.logLevel);
const app = await createApp({ config, database, logger, clock: systemClock, pages: 'none' });
app.server.listen(config.port, config.host);
await once(app.server, 'listening');

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

const methods = {
	/** Settles when it listens. */
	listening: () => true,

	/** The longest that the program was busy with one thing since the last call, in milliseconds. */
	longestStall(): number {
		const longest = delay.max / 1e6;
		delay.reset();
		return longest;
	},

	/** Ends in good order; only then a profile is written. */
	async close(): Promise<void> {
		await app.close();
		await database.end({ timeout: 1 });
		setImmediate(() => process.exit(0));
	},
};
export type EveningServer = typeof methods;

serveParent(methods);
