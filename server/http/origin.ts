import type { IncomingHttpHeaders } from 'node:http';

/**
 * Where a request says it comes from: a page of ours, another one, or it doesn't say (programs that aren't browsers).
 * A browser names the origin on every WebSocket and every write (Fetch Standard, 3.2), so `foreign` is a page of somebody else that
 * tries to use our cookies.
 */
export type Provenance = 'own' | 'foreign' | 'unknown';

/**
 * A page is ours if its origin is the configured public address, or the host that the request itself names: in a hall the same server
 * answers to a LAN address, a name and `localhost`.
 */
export function provenanceOf(headers: IncomingHttpHeaders, publicUrl: string | undefined): Provenance {
	const { origin } = headers;
	if (origin === undefined) return headers['sec-fetch-site'] === 'cross-site' ? 'foreign' : 'unknown';
	if (origin === publicUrl) return 'own';
	if (!URL.canParse(origin)) return 'foreign';
	const { protocol, host } = new URL(origin);
	return /^https?:$/.test(protocol) && host === headers.host?.toLowerCase() ? 'own' : 'foreign';
}
