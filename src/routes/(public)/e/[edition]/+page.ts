import { publicEdition } from '#lib/protocol/programmes.ts';
import { projectList } from '#lib/protocol/projects.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => {
	const path = `/editions/${encodeURIComponent(params.edition)}` as const;
	const [edition, { projects }] = await Promise.all([
		loadFromApi(path, publicEdition, fetch),
		loadFromApi(`${path}/projects`, projectList, fetch),
	]);
	return { edition, projects };
};
