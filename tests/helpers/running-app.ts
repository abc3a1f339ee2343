import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createApp, type AppServices } from '#server/app.ts';
import { systemClock } from '#server/clock.ts';
import { createLogger } from '#server/logger.ts';

import { createTestDatabase, type TestDatabase } from './database.ts';

export type RunningApp = AsyncDisposable & {
	readonly database: TestDatabase;
	/** Such as `http://127.0.0.1:40123`. */
	readonly origin: string;
};

export type RunningAppOptions = {
	readonly clock?: AppServices['clock'];
	readonly publicUrl?: string;
	readonly trustedProxies?: number;
};

/** The whole program without its pages, on a port and a database of its own: `await using app = await runApp()`. */
export async function runApp(options: RunningAppOptions = {}): Promise<RunningApp> {
	const database = await createTestDatabase();
	const dataDir = await mkdtemp(path.join(tmpdir(), 'boost-board-test-'));
	const app = await createApp({
		config: {
			host: '127.0.0.1',
			port: 3000,
			publicUrl: options.publicUrl,
			trustedProxies: options.trustedProxies ?? 0,
			dataDir,
		},
		database: database.sql,
		logger: createLogger('silent'),
		clock: options.clock ?? systemClock,
		pages: 'none',
	});
	app.server.listen(0, '127.0.0.1');
	await once(app.server, 'listening');
	const { port } = app.server.address() as AddressInfo;
	return {
		database,
		origin: `http://127.0.0.1:${port}`,
		async [Symbol.asyncDispose]() {
			await app.close();
			await database[Symbol.asyncDispose]();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}
