/**
 * The whole program without its pages, as a process of its own that tests kill and stop; its settings are those of `npm start`.
 * Prints a line when it listens. Two lines on its standard input are answered with a line: `clock MILLISECONDS` sets its clock
 * wrong by that much, until the next one; `memory` tells how many bytes it holds that can't be collected.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { createApp } from '#server/app.ts';
import { systemClock } from '#server/clock.ts';
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/launch/open-database.ts';
import { createLogger } from '#server/logger.ts';

import { setClockWrong } from './wrong-clock.ts';

const config = readConfig(process.env);
const logger = createLogger(config.logLevel);
const fail = (error: unknown): never => {
	logger.fatal({ err: error }, 'the server has to stop');
	process.exit(1);
};
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

const opened = await openDatabase(config, logger, fail);
const app = await createApp({ config, database: opened.database, logger, clock: systemClock, pages: 'none' });
app.server.listen(config.port, config.host);
await once(app.server, 'listening');

process.once('SIGTERM', () => {
	void app
		.close()
		.then(() => opened.close())
		.then(() => process.exit(0));
});
createInterface({ input: process.stdin }).on('line', (line) => {
	if (line === 'memory') {
		globalThis.gc?.();
		const { heapUsed, external } = process.memoryUsage();
		process.stdout.write(`memory ${heapUsed + external}\n`);
	} else {
		setClockWrong(Number(line.replace('clock ', '')));
		process.stdout.write(`${line}\n`);
	}
});
process.stdout.write('listening\n');
