import { seatList } from '#lib/protocol/seat-codes.ts';
import { workshopPlan } from '#lib/protocol/workshops.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch, url, depends }) => {
	depends('boost:seats');
	const path = `/workshops/${encodeURIComponent(params.id)}` as const;
	const [plan, list] = await Promise.all([
		loadFromApi(path, workshopPlan, fetch),
		loadFromApi(`${path}/seat-codes`, seatList, fetch),
	]);
	const wanted = url.searchParams.get('address');
	const address = plan.addresses.find((known) => known === wanted) ?? plan.addresses[0] ?? url.origin;
	return { plan, list, address };
};
