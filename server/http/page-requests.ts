import type { Request, RequestHandler } from 'express';

import { apiOriginHeader, pagePassHeader } from '#lib/protocol/page-pass.ts';
import type { Authenticate } from '#server/identity.ts';
import type { Logger } from '#server/logger.ts';

import { lineOf, type Addresses } from './caller.ts';
import type { PagePasses } from './page-pass.ts';

export type PageRequestOptions = Addresses & {
	/** Where the API can be reached from this process, such as `http://127.0.0.1:3000`. */
	readonly apiOrigin: () => string;
	readonly passes: PagePasses;
	readonly authenticate: Authenticate;
	readonly logger: Logger;
};

/**
 * Gets a request ready for the pages: the scheme and host that SvelteKit shall see, the way to the API, and a renewed session for
 * the browser, since cookies that the API sets while a page is rendered go no further.
 */
export function preparePageRequest(options: PageRequestOptions): RequestHandler {
	return async (request, response, next) => {
		const line = lineOf(request, options);
		const { headers } = request;
		headers['x-forwarded-proto'] = line.secure ? 'https' : 'http';
		headers['x-forwarded-host'] = request.host;
		headers[apiOriginHeader] = options.apiOrigin();
		headers[pagePassHeader] = options.passes.issue(line);
		if (isPage(request) && headers.cookie !== undefined) {
			// What a page shows to somebody with a session stays out of what browsers and proxies keep.
			response.set('Cache-Control', request.path.startsWith('/studio') ? 'no-store' : 'private, no-cache');
			try {
				const { cookies } = await options.authenticate(headers.cookie, line.secure);
				for (const cookie of cookies) response.append('Set-Cookie', cookie);
			} catch (error) {
				// The page itself says what can't be reached; it must not be the session's renewal that fails it.
				options.logger.warn({ err: error }, 'A session could not be renewed');
			}
		}
		next();
	};
}

/** A document, or the data of one; not a script, a font or a picture. */
function isPage(request: Request): boolean {
	if (request.method !== 'GET') return false;
	return request.path.endsWith('/__data.json') || (request.get('Accept') ?? '').includes('text/html');
}
