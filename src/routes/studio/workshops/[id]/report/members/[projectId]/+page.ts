import { memberList } from '#lib/protocol/projects.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => ({
	workshopId: params.id,
	list: await loadFromApi(`/projects/${encodeURIComponent(params.projectId)}/members`, memberList, fetch),
});
