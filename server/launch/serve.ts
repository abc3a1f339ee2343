import { once } from 'node:events';
import { type Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { createOneTimeLink } from '../accounts/one-time-link-service.ts';
import { type App, createApp } from '../app.ts';
import { systemClock } from '../clock.ts';
import { type Config } from '../config.ts';
import { loadDemo } from '../demo/load-demo.ts';
import { createLogger, type Logger } from '../logger.ts';
import { StartRefusal } from '../start-refusal.ts';
import { publicOrigin } from './addresses.ts';
import { greeting } from './greeting.ts';
import { findOpenCode, isNewDatabase } from './launch-queries.ts';
import { forgetAddress, noteAddress } from './noted-address.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';
import { say } from './terminal.ts';

/** Of the five seconds that a stop may take, what is still being answered gets these; the database has the rest. */
const closeAppWithinMs = 2_000;
const stopWithinMs = 4_800;
/** The terminal tells us and npm, and npm tells us again. */
const sameSignalMs = 500;

/**
 * Runs the board until it is told to stop: the database, then the program, then the address. What was opened is closed
 * again in the other order, at the first Ctrl-C; a second one ends everything at once.
 * @throws StartRefusal if the person at the terminal can do something about it
 */
export async function serve(config: Config, pages: 'built' | 'development'): Promise<void> {
	const logger = createLogger(config.logLevel);
	const stop = new AbortController();
	let stoppingSince: number | undefined;
	let exitCode = 0;
	const fail = (error: unknown) => {
		logger.fatal({ err: error }, 'the board has to stop');
		exitCode = 1;
		stop.abort();
	};
	process.on('uncaughtException', fail);
	// One request that went wrong is no reason to end an evening.
	process.on('unhandledRejection', (error) => logger.error({ err: error }, 'nobody dealt with an error'));
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (stoppingSince !== undefined && Date.now() - stoppingSince > sameSignalMs) process.exit(130);
			stoppingSince ??= Date.now();
			stop.abort();
		});
	}

	const stopped = once(stop.signal, 'abort');
	const opened = await openDatabase(config, logger, fail);
	let app: App | undefined;
	try {
		if (config.loadDemo && (await isNewDatabase(opened.database))) {
			say('Loading the demo; this takes a moment, and only the first time.');
			await loadDemo(opened.database, systemClock);
		}
		app = await createApp({ config, database: opened.database, logger, clock: systemClock, pages });
		await listen(app.server, config);
		noteAddress(config);
		say(await welcome(config, opened));
		await stopped;
	} finally {
		forceEnd(logger);
		forgetAddress(config);
		await close(app, opened);
	}
	process.exit(exitCode);
}

async function welcome(config: Config, { database, description }: OpenDatabase): Promise<string> {
	return greeting({
		config,
		description,
		joinCode: await findOpenCode(database),
		signInLink: await createOneTimeLink(database, systemClock, publicOrigin(config)),
	});
}

async function close(app: App | undefined, opened: OpenDatabase): Promise<void> {
	if (app) await Promise.race([app.close(), delay(closeAppWithinMs, undefined, { ref: false })]);
	await opened.close();
}

/** A stop that takes too long ends anyway: what was acknowledged is in the database. */
function forceEnd(logger: Logger): void {
	setTimeout(() => {
		logger.error('stopping took too long');
		process.exit(1);
	}, stopWithinMs).unref();
}

async function listen(server: Server, { port, host }: Config): Promise<void> {
	server.listen(port, host);
	try {
		await once(server, 'listening');
	} catch (error) {
		throw listenRefusal(error, port, host);
	}
}

function listenRefusal(error: unknown, port: number, host: string): unknown {
	switch (error instanceof Error && 'code' in error ? error.code : undefined) {
		case 'EADDRINUSE':
			return new StartRefusal(
				`Port ${port} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
			);
		case 'EACCES':
			return new StartRefusal(`This user may not listen on port ${port}. Choose one from 1024: PORT=3000 npm start`);
		case 'EADDRNOTAVAIL':
			return new StartRefusal(`HOST is ${host}, which is not an address of this machine.`);
		default:
			return error;
	}
}
