import { workshopPlan } from '#lib/protocol/workshops.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => ({
	plan: await loadFromApi(`/workshops/${encodeURIComponent(params.id)}`, workshopPlan, fetch),
});
