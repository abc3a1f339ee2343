import { workshopReport } from '#lib/protocol/reports.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => ({
	report: await loadFromApi(`/workshops/${encodeURIComponent(params.id)}/report`, workshopReport, fetch),
});
