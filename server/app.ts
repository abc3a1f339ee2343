import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { createMayFacilitate } from './accounts/access-service.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { createAccountService } from './accounts/account-service.ts';
import { createSessions } from './accounts/sessions.ts';
import { teamRoutes } from './accounts/team-routes.ts';
import { createTeamService } from './accounts/team-service.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/client.ts';
import { pingDatabase } from './db/ping.ts';
import { createHttpApp } from './http/http-app.ts';
import { createPagePasses } from './http/page-pass.ts';
import { builtPages, developmentPages, noPages, type Pages } from './http/pages.ts';
import type { Route } from './http/route.ts';
import { isAllowedOrigin, routeUpgrades } from './http/upgrades.ts';
import type { Sessions } from './identity.ts';
import { joinRoutes } from './joining/join-routes.ts';
import { publicOrigin, reachableOrigins } from './launch/addresses.ts';
import { createLiveSide, type LiveSide } from './live-side.ts';
import type { Logger } from './logger.ts';
import { logRoutes } from './log/log-routes.ts';
import { pairingRoutes } from './pairing/pairing-routes.ts';
import { createPairingService } from './pairing/pairing-service.ts';
import { startDeletions } from './privacy/deletion-service.ts';
import { privacyRoutes } from './privacy/privacy-routes.ts';
import { programmeRoutes } from './programmes/programme-routes.ts';
import { createProjectsService, type ProjectsService } from './projects/projects-service.ts';
import { rehearsalRoutes } from './rehearsal/rehearsal-routes.ts';
import { createRehearsalService, type RehearsalService } from './rehearsal/rehearsal-service.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { seatCodeRoutes } from './seat-codes/seat-code-routes.ts';
import { createSeatCodesService } from './seat-codes/seat-codes-service.ts';
import { snapshotRoutes } from './snapshots/snapshot-routes.ts';
import { workshopRoutes } from './workshops/workshop-routes.ts';

export type AppServices = {
	readonly config: Pick<Config, 'host' | 'port' | 'publicUrl' | 'trustedProxies' | 'dataDir'>;
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
/** Longer than proxies keep an idle connection, so that it is never us who close one that a request is on its way in. */
const keepAliveMs = 75_000;
const sessionSweepMs = 60 * 60 * 1000;

/** Puts the parts of the program together around one HTTP server. */
export async function createApp(services: AppServices): Promise<App> {
	const { config, database, logger, clock } = services;
	const { publicUrl } = config;
	const server = createServer({ keepAliveTimeout: keepAliveMs });
	const sessions = createSessions(database);

	const projects: ProjectsService = createProjectsService({
		database,
		clock,
		logger,
		reload: (workshopId) => liveSide.live.reload(workshopId),
	});
	const liveSide: LiveSide = await createLiveSide({
		database,
		logger,
		clock,
		identify: sessions.identify,
		isAllowedOrigin: (request) => isAllowedOrigin(request, publicUrl),
		mayFacilitate: createMayFacilitate(database),
		joinUrl: (code) => `${publicOrigin(config)}/j/${code}`,
		keysFolder: path.join(config.dataDir, 'vote-keys'),
		projects,
	});
	sessions.onRevoked((revocation) => liveSide.live.revoke(revocation));

	const rehearsals = createRehearsalService({
		database,
		clock,
		logger,
		live: liveSide.live,
		closeText: (documentId) => liveSide.closeText(documentId),
		origin: () => loopbackOrigin(server),
	});

	const pages = await choosePages(services.pages, server);
	const app = createHttpApp({
		publicUrl,
		shareableOrigin: publicOrigin(config),
		trustedProxies: config.trustedProxies,
		logger,
		authenticate: sessions.authenticate,
		routes: [...routesOf(services, sessions, liveSide, rehearsals), ...projects.routes],
		endpoints: liveSide.endpoints,
		pages,
		passes: createPagePasses(),
		apiOrigin: () => loopbackOrigin(server),
		isReady: () => pingDatabase(database),
	});
	server.on('request', app);
	routeUpgrades(server, {
		endpoints: liveSide.endpoints,
		publicUrl,
		leaveToVite: services.pages === 'development',
		logger,
	});

	const sweep = setInterval(() => {
		sessions
			.deleteExpired()
			.catch((error: unknown) => logger.warn({ err: error }, 'Old sessions could not be deleted'));
	}, sessionSweepMs).unref();

	const deletions = startDeletions({
		database,
		clock,
		logger,
		exclusively: (workshopId, work) => liveSide.live.exclusively(workshopId, work),
	});

	return {
		server,
		async close() {
			clearInterval(sweep);
			deletions.stop();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeIdleConnections();
			await rehearsals.close();
			await liveSide.close();
			await pages.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

/** What each feature offers over REST. */
function routesOf(
	{ config, database, clock }: AppServices,
	sessions: Sessions,
	liveSide: LiveSide,
	rehearsals: RehearsalService,
): Route[] {
	const { live } = liveSide;
	const closeText: LiveSide['closeText'] = (documentId) => liveSide.closeText(documentId);
	const { publicUrl, host, port } = config;
	const addresses = () => (publicUrl === undefined ? reachableOrigins(host, port) : [publicUrl]);
	return [
		...accountRoutes({ database, clock, sessions, accounts: createAccountService(database, sessions) }),
		...teamRoutes({ sql: database, sessions, teams: createTeamService(database, clock) }),
		...joinRoutes({ sql: database, sessions, live }),
		...pairingRoutes({ sql: database, sessions, pairings: createPairingService(database, clock, live) }),
		...seatCodeRoutes({
			sql: database,
			sessions,
			seats: createSeatCodesService({ database, clock, sessions, live, withdrawBallots: liveSide.withdrawBallots }),
		}),
		...snapshotRoutes({ database }),
		...logRoutes({ database }),
		...rehearsalRoutes({ sql: database, rehearsals }),
		...reportRoutes({ database, clock }),
		...privacyRoutes({ database }),
		...programmeRoutes({ database }),
		...workshopRoutes({ database, clock, live, closeText, addresses }),
	];
}

function choosePages(source: AppServices['pages'], server: Server): Pages | Promise<Pages> {
	switch (source) {
		case 'built':
			return builtPages(new URL('build/handler.js', projectFolder));
		case 'development':
			return developmentPages(server);
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
