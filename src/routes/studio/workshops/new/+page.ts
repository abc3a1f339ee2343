import { editionsOfAccount } from '#lib/protocol/programmes.ts';
import { stepTemplateList } from '#lib/protocol/step-templates.ts';
import { loadFromApi } from '#lib/rest/load-from-api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => {
	const { editions } = await loadFromApi('/editions', editionsOfAccount, fetch);
	const programmes = [...new Set(editions.map(({ programme }) => programme.id))];
	const libraries = await Promise.all(
		programmes.map(async (id) => {
			const { templates } = await loadFromApi(`/programmes/${id}/templates`, stepTemplateList, fetch);
			return [id, templates] as const;
		}),
	);
	return { editions, templates: Object.fromEntries(libraries) };
};
