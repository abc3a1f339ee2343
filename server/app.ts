import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { pingDatabase } from './db/ping.ts';
import type { Database } from './db/client.ts';
import { createHttpApp } from './http/http-app.ts';
import { createPagePasses } from './http/page-pass.ts';
import { builtPages, developmentPages, noPages, type Pages } from './http/pages.ts';
import type { Route } from './http/route.ts';
import { routeUpgrades, type SocketEndpoint } from './http/upgrades.ts';
import { createSessions } from './accounts/sessions.ts';
import type { Logger } from './logger.ts';

export type AppServices = {
	readonly config: Pick<Config, 'publicUrl' | 'trustedProxies' | 'dataDir'>;
	readonly database: Database;
	readonly logger: Logger;
	readonly clock: Clock;
	/** `built`: as `npm run build` left them; `development`: while they are written; `none`: only the API. */
	readonly pages: 'built' | 'development' | 'none';
};

export type App = {
	/** Not listening yet. */
	readonly server: Server;
	/** Ends all connections and what works in the background. The database stays open. */
	close(): Promise<void>;
};

const projectFolder = new URL('../', import.meta.url);

/** Puts the parts of the program together around one HTTP server. */
export async function createApp(services: AppServices): Promise<App> {
	const { config, database, logger } = services;
	const server = createServer();
	const sessions = createSessions(database);

	const routes: Route[] = [];
	const endpoints: SocketEndpoint[] = [];

	const pages = await choosePages(services.pages, server);
	const app = createHttpApp({
		publicUrl: config.publicUrl,
		trustedProxies: config.trustedProxies,
		logger,
		authenticate: sessions.authenticate,
		routes,
		endpoints,
		pages,
		passes: createPagePasses(),
		apiOrigin: () => loopbackOrigin(server),
		isReady: () => pingDatabase(database),
	});
	server.on('request', app);
	routeUpgrades(server, {
		endpoints,
		publicUrl: config.publicUrl,
		leaveToVite: services.pages === 'development',
		logger,
	});

	return {
		server,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeIdleConnections();
			await pages.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

function choosePages(source: AppServices['pages'], server: Server): Pages | Promise<Pages> {
	switch (source) {
		case 'built':
			return builtPages(new URL('build/handler.js', projectFolder));
		case 'development':
			return developmentPages(server, fileURLToPath(projectFolder));
		case 'none':
			return noPages;
	}
}

/** Where this process reaches its own server: the loopback, or the one address it listens on. */
function loopbackOrigin(server: Server): string {
	const { address, port, family } = server.address() as AddressInfo;
	if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`;
	return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}
