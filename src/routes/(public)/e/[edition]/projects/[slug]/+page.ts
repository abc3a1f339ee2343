import { projectPage } from '#lib/protocol/projects.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => {
	const path = `/editions/${encodeURIComponent(params.edition)}/projects/${encodeURIComponent(params.slug)}` as const;
	return { project: await loadFromApi(path, projectPage, fetch) };
};
