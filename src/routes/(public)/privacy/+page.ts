import { privacyNotice } from '#lib/protocol/privacy.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

/** `?workshop=CODE` adds what holds for one evening. */
export const load: PageLoad = async ({ url, fetch }) => {
	const code = url.searchParams.get('workshop');
	const query = code === null ? '' : `?workshop=${encodeURIComponent(code.slice(0, 64))}`;
	return { notice: await loadFromApi(`/privacy${query}`, privacyNotice, fetch) };
};
