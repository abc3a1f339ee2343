import { redirect } from '@sveltejs/kit';

import { nextPage } from '#lib/components/account/next-page.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, url }) => {
	const next = nextPage(url.searchParams.get('next'));
	const { account } = await parent();
	if (account !== null) redirect(303, next);
	return { next };
};
