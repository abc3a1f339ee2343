import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
	language: locals.language,
	languageKnown: locals.languageKnown,
	theme: locals.theme,
});
