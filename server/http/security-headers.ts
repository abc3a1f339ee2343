import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers that keep a browser careful. The content security policy of pages comes from SvelteKit, which knows their scripts.
 * What only makes sense on https stays away on plain http, where a browser would ignore it with a complaint (or, for HSTS on a name,
 * lock people out of the next hall).
 */
export function securityHeaders(isSecure: (request: Parameters<RequestHandler>[0]) => boolean): RequestHandler {
	const common = {
		contentSecurityPolicy: false,
		xFrameOptions: { action: 'deny' },
		// A form that is sent without script needs its origin; addresses with secrets carry them in the fragment, which no header holds.
		referrerPolicy: { policy: 'same-origin' },
	} as const;
	const overHttps = helmet({
		...common,
		strictTransportSecurity: { maxAge: 180 * 24 * 60 * 60, includeSubDomains: false },
	});
	const overHttp = helmet({
		...common,
		strictTransportSecurity: false,
		crossOriginOpenerPolicy: false,
		originAgentCluster: false,
	});
	return (request, response, next) => {
		(isSecure(request) ? overHttps : overHttp)(request, response, next);
	};
}
