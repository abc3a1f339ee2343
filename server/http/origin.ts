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
 * @param host under which the request reached us, where that isn't what its headers say
 */
export function provenanceOf(
	headers: IncomingHttpHeaders,
	publicUrl: string | undefined,
	host: string | undefined = headers.host,
): Provenance {
	const { origin } = headers;
	if (origin === undefined) return headers['sec-fetch-site'] === 'cross-site' ? 'foreign' : 'unknown';
	if (origin === publicUrl) return 'own';
	if (!URL.canParse(origin)) return 'foreign';
	const page = new URL(origin);
	return /^https?:$/.test(page.protocol) && page.host === normalHost(host, page.protocol) ? 'own' : 'foreign';
}

/** The host as addresses write it: in lower case, without the port that goes without saying. */
function normalHost(host: string | undefined, protocol: string): string | null {
	const address = `${protocol}//${host ?? ''}`;
	return URL.canParse(address) ? new URL(address).host : null;
}
