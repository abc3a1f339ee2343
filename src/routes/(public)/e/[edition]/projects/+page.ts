import { projectList } from '#lib/protocol/projects.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => ({
	list: await loadFromApi(`/editions/${encodeURIComponent(params.edition)}/projects`, projectList, fetch),
});
