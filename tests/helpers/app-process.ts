/**
 * The server without its pages as a process of its own, for tests that kill it:
 * `DATABASE_URL=… DATA_DIR=… PORT=… node tests/helpers/app-process.ts`. Prints one line when it listens.
 */
import { once } from 'node:events';

import { createApp } from '#server/app.ts';
import { systemClock } from '#server/clock.ts';
import { connect } from '#server/db/client.ts';
import { createLogger } from '#server/logger.ts';

const { DATABASE_URL = '', DATA_DIR = '', PORT = '' } = process.env;

const app = await createApp({
	config: { host: '127.0.0.1', port: Number(PORT), publicUrl: undefined, trustedProxies: 0, dataDir: DATA_DIR },
	database: connect(DATABASE_URL),
	logger: createLogger('fatal'),
	clock: systemClock,
	pages: 'none',
});
app.server.listen(Number(PORT), '127.0.0.1');
await once(app.server, 'listening');
process.stdout.write('listening\n');
