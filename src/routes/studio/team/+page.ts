import { team } from '#lib/protocol/accounts.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, depends }) => {
	depends('studio:team');
	const { account } = await parent();
	const programmes = account?.programmes ?? [];
	return { teams: await Promise.all(programmes.map(({ id }) => loadFromApi(`/programmes/${id}/team`, team, fetch))) };
};
