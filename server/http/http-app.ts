import compression from 'compression';
import express, { type Express, type Response } from 'express';

import type { Authenticate } from '#server/identity.ts';
import type { Logger } from '#server/logger.ts';

import { createApiRouter } from './api-router.ts';
import { lineOf, type Addresses } from './caller.ts';
import { refusalOf } from './error-answer.ts';
import { createMetrics } from './metrics.ts';
import { preparePageRequest } from './page-requests.ts';
import type { PagePasses } from './page-pass.ts';
import type { Pages } from './pages.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { isAllowedOrigin, pathOf, type SocketEndpoint } from './upgrades.ts';

export type HttpOptions = Addresses & {
	readonly trustedProxies: number;
	readonly logger: Logger;
	readonly authenticate: Authenticate;
	readonly routes: readonly Route[];
	readonly endpoints: readonly SocketEndpoint[];
	readonly pages: Pages;
	readonly passes: PagePasses;
	readonly apiOrigin: () => string;
	/** Resolves if the database answers. */
	readonly isReady: () => Promise<void>;
};

/**
 * Everything that is asked over HTTP, in this order: health, metrics, sockets that begin with polling, the API, the pages.
 */
export function createHttpApp(options: HttpOptions): Express {
	const { publicUrl, logger } = options;
	const app = express();
	const metrics = createMetrics();
	app.disable('x-powered-by');
	app.set('trust proxy', options.trustedProxies);
	app.set('query parser', 'simple');

	app.use(metrics.observe);
	app.use(securityHeaders((request) => lineOf(request, options).secure));

	app.get('/healthz', (_request, response) => {
		response.type('text/plain').send('ok');
	});
	app.get('/readyz', async (_request, response) => {
		try {
			await options.isReady();
			response.type('text/plain').send('ready');
		} catch (error) {
			logger.warn({ err: error }, 'Not ready');
			response.status(503).type('text/plain').send('The database does not answer');
		}
	});
	app.get('/metrics', metrics.show);

	app.use((request, response, next) => {
		const endpoint = options.endpoints.find(({ path }) => pathOf(request).startsWith(path));
		if (endpoint?.handleRequest === undefined) next();
		else if (!isAllowedOrigin(request, publicUrl)) response.status(403).end();
		else endpoint.handleRequest(request, response);
	});

	app.use(compression());
	app.use('/api/v1', createApiRouter(options));
	app.use(preparePageRequest(options));
	app.use(options.pages.handle);

	app.use((error: unknown, _request: express.Request, response: Response, next: express.NextFunction) => {
		const refusal = refusalOf(error, logger);
		if (response.headersSent) next(refusal);
		else response.status(500).type('text/plain').send(refusal.code);
	});
	return app;
}
