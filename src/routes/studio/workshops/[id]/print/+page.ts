import { workshopPlan } from '#lib/protocol/workshops.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch, url }) => {
	const plan = await loadFromApi(`/workshops/${encodeURIComponent(params.id)}`, workshopPlan, fetch);
	const wanted = url.searchParams.get('address');
	return { plan, address: plan.addresses.find((address) => address === wanted) ?? plan.addresses[0] ?? url.origin };
};
