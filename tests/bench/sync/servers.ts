import { connect } from 'node:net';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { freePort } from '../../helpers/free-port.ts';
import type { BenchDatabase } from '../bench-database.ts';

import { startChild, type Child } from './child.ts';
import type { Cores } from './cores.ts';
import type { ServerName } from './dialects.ts';
import type { Load } from './load.ts';
import { peersFolder } from './peers.ts';
import type { Probe } from './probe.ts';
import { Remote } from './remote.ts';

/** A server that is measured: where it listens, and what it has used. */
export type MeasuredServer = AsyncDisposable & {
	readonly name: ServerName;
	readonly port: number;
	readonly probe: Remote<Probe>;
};

export type ServerSetting = { readonly cores: Cores; readonly database: BenchDatabase };

const startWithinMs = 20_000;

/** Starts one of the three on a free port of the loopback, and settles when it listens. */
export async function startServer(name: ServerName, { cores, database }: ServerSetting): Promise<MeasuredServer> {
	const port = await freePort();
	const probe = fileURLToPath(new URL('probe.ts', import.meta.url));
	const words = [process.execPath, '--expose-gc', '--import', probe, scripts[name]];
	const { PATH, HOME } = process.env;
	const env = { PATH, HOME, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port) };
	const own = name === 'ours' ? { DATABASE_URL: database.url, DATA_DIR: database.dataDir } : {};
	const child = startChild(cores.onServerCore(words), { ...env, ...own });
	await listening(port, child);
	return {
		name,
		port,
		probe: new Remote<Probe>(child.process),
		[Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
	};
}

export type RunningLoad = AsyncDisposable & { readonly remote: Remote<Load> };

export function startLoad(): RunningLoad {
	const child = startChild([process.execPath, fileURLToPath(new URL('load-process.ts', import.meta.url))], process.env);
	return { remote: new Remote<Load>(child.process), [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}

const scripts: Readonly<Record<ServerName, string>> = {
	ours: fileURLToPath(new URL('../../helpers/app-process.ts', import.meta.url)),
	hocuspocus: fileURLToPath(new URL('hocuspocus-process.ts', import.meta.url)),
	'y-websocket': `${peersFolder}node_modules/y-websocket/bin/server.cjs`,
};

async function listening(port: number, child: Child): Promise<void> {
	const end = performance.now() + startWithinMs;
	while (!(await answers(port))) {
		if (performance.now() > end || child.process.exitCode !== null) {
			await child[Symbol.asyncDispose]();
			throw new Error('The server did not start');
		}
		await pause(20);
	}
}

async function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.on('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', () => resolve(false));
	});
}
