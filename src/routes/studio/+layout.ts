import { redirect } from '@sveltejs/kit';

import { signInPage } from '#lib/components/account/next-page.ts';
import { ownAccount, type OwnAccount } from '#lib/protocol/accounts.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { callApi } from '#lib/rest/call-api.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { LayoutLoad } from './$types';

/** Pages that lead in. Everything else here is for people who are signed in. */
const ways = ['/studio/sign-in', '/studio/enter', '/studio/invitation'];

/**
 * Who is signed in, asked at every page of the studio, so that a session that has ended leads to the sign-in and back.
 * Pages may set `bare` in their data to have the window for themselves.
 */
export const load: LayoutLoad = async ({ fetch, url, depends }) => {
	depends('studio:account');
	const account = await signedIn(fetch);
	if (account === null && !ways.includes(url.pathname)) redirect(303, signInPage(url.pathname + url.search));
	return { account };
};

async function signedIn(fetcher: typeof fetch): Promise<OwnAccount | null> {
	try {
		return await callApi('/account', ownAccount, { fetch: fetcher });
	} catch (error) {
		if (error instanceof AppError && (error.code === 'session.missing' || error.code === 'session.expired'))
			return null;
		return loadFromApi('/account', ownAccount, fetcher);
	}
}
