import type { Handle, HandleFetch } from '@sveltejs/kit';
import { pagePreferences } from '#lib/i18n/page-preferences.ts';
import { apiOriginHeader, pagePassHeader } from '#lib/protocol/page-pass.ts';

export const handle: Handle = pagePreferences;

/**
 * While a page is rendered, `fetch('/api/v1/…')` goes to the API over the loopback, as the reader: with their cookies, in the
 * language of the page, and with the pass that says which browser it is for.
 */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
	const { origin, pathname, search } = new URL(request.url);
	const apiOrigin = event.request.headers.get(apiOriginHeader);
	if (apiOrigin === null || origin !== event.url.origin || !pathname.startsWith('/api/')) return fetch(request);

	const call = new Request(new URL(pathname + search, apiOrigin), request);
	call.headers.set('accept-language', event.locals.language);
	for (const name of ['cookie', pagePassHeader]) {
		const value = event.request.headers.get(name);
		if (value === null) call.headers.delete(name);
		else call.headers.set(name, value);
	}
	return fetch(call);
};
