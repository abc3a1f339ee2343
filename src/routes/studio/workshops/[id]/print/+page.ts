import { workshopPlan } from '#lib/protocol/workshops.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch, url }) => {
	const plan = await loadFromApi(`/workshops/${encodeURIComponent(params.id)}`, workshopPlan, fetch);
	const wanted = url.searchParams.get('address');
	const address = plan.addresses.find((known) => known === wanted) ?? plan.addresses[0] ?? url.origin;
	return { plan, address, bare: true };
};
