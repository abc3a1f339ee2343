import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import express, { type Request, type RequestHandler, type Response, type Router } from 'express';

import { AppError } from '#lib/protocol/errors.ts';
import type { Authenticate, Authentication } from '#server/identity.ts';
import type { Logger } from '#server/logger.ts';

import { callerOf, lineOfApiCall, type Addresses, type Line } from './caller.ts';
import { answerRefusal, refusalOf } from './error-answer.ts';
import { openApiDocument } from './openapi.ts';
import { provenanceOf } from './origin.ts';
import type { PagePasses } from './page-pass.ts';
import { rateLimit } from './rate-limit.ts';
import type { FileBody, Route, RouteResult } from './route.ts';

export type ApiOptions = Addresses & {
	readonly routes: readonly Route[];
	readonly authenticate: Authenticate;
	readonly passes: PagePasses;
	readonly logger: Logger;
};

/** A busy phone stays far below; a script gone wild doesn't. */
const perSession = { uses: 300, perSeconds: 60 };
/** A hall of 1,500 people is one address, and all of them may come in the same minute. */
const perAddress = { uses: 12_000, perSeconds: 60 };

/** Everything below `/api/v1`. What isn't a route there is answered in the same form as any other refusal. */
export function createApiRouter(options: ApiOptions): Router {
	const router = express.Router({ caseSensitive: true });
	const sessionLimit = rateLimit(perSession.uses, perSession.perSeconds);
	const addressLimit = rateLimit(perAddress.uses, perAddress.perSeconds);

	const known = new WeakMap<Request, { line: Line; authentication: Authentication }>();

	const recognise: RequestHandler = async (request, response, next) => {
		response.set('Cache-Control', 'no-store');
		response.set('Content-Security-Policy', dataPolicy);
		const line = lineOfApiCall(request, options, options.passes);
		await addressLimit.use(line.address);
		const authentication = await options.authenticate(request.headers.cookie, line.secure);
		const { account, guest, device } = authentication.identity;
		const session = (account ?? guest ?? device)?.session;
		if (session !== undefined) await sessionLimit.use(session);
		for (const cookie of authentication.cookies) response.append('Set-Cookie', cookie);
		known.set(request, { line, authentication });
		next();
	};

	router.use(recognise);
	router.use(refuseForeignWrites(options.publicUrl, (request) => known.get(request)?.line.host));

	const document = openApiDocument(options.routes);
	router.get('/openapi.json', (_request, response) => {
		response.json(document);
	});

	for (const route of options.routes) {
		const handle: RequestHandler = async (request, response) => {
			const { line, authentication } = known.get(request) ?? {};
			if (line === undefined || authentication === undefined) throw new Error('The request was not recognised');
			const { identity, stale } = authentication;
			const result = await route.run({
				...callerOf(request, response, line, identity),
				params: request.params,
				query: request.query,
				body: request.body as unknown,
				identity,
				stale,
			});
			await send(response, route, result);
		};
		const readBody = route.body === undefined ? [] : [express.json({ limit: route.bodyLimit, strict: false })];
		router[route.method](route.path, nameRoute(route), ...readBody, handle);
	}

	router.use(() => {
		throw new AppError('page.unknown');
	});
	router.use((error: unknown, _request: Request, response: Response, next: (error?: unknown) => void) => {
		const refusal = refusalOf(error, options.logger);
		if (response.headersSent) next(refusal);
		else answerRefusal(response, refusal);
	});
	return router;
}

/** Remembers which route answers, for the request metrics. */
function nameRoute(route: Route): RequestHandler {
	return (_request, response, next) => {
		response.locals.route = `/api/v1${route.path}`;
		next();
	};
}

/** JSON and downloads load nothing; pages made by the server (for print) bring their style along. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'";
const printPolicy =
	"default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A write must come from a page of ours. Callers that name no origin aren't browsers and may write too, as long as they don't use a
 * cookie: a cookie without an origin is a browser that hides where it is.
 */
function refuseForeignWrites(
	publicUrl: string | undefined,
	hostOf: (request: Request) => string | undefined,
): RequestHandler {
	return (request, _response, next) => {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			const provenance = provenanceOf(request.headers, publicUrl, hostOf(request));
			const isProgram = provenance === 'unknown' && request.headers.cookie === undefined;
			if (provenance !== 'own' && !isProgram) throw new AppError('request.origin');
		}
		next();
	};
}

async function send(response: Response, route: Route, result: RouteResult): Promise<void> {
	switch (result.kind) {
		case 'json':
			response.status(route.status).json(result.value);
			return;
		case 'nothing':
			response.status(204).end();
			return;
		case 'redirect':
			response.redirect(303, result.location);
			return;
		case 'file':
			response.status(route.status);
			await sendFile(response, result.contentType, result.file);
	}
}

async function sendFile(response: Response, contentType: string, { body, fileName }: FileBody): Promise<void> {
	response.type(contentType);
	if (contentType.startsWith('text/html')) response.set('Content-Security-Policy', printPolicy);
	if (fileName !== undefined) response.attachment(fileName).type(contentType);
	if (typeof body === 'string' || body instanceof Uint8Array) {
		response.end(body);
		if (!response.writableFinished) await once(response, 'close');
		return;
	}
	await pipeline(Readable.from(body), response);
}
