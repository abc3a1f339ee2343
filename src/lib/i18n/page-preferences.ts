import type { Handle } from '@sveltejs/kit';
import { isLanguage } from '#lib/domain/language.ts';
import { languageCookie, preferenceCookie, themeCookie } from './preference-cookie.ts';
import { isTheme, languageOfRequest } from './request-preferences.ts';

/**
 * Finds out in which language and theme to render a page, and writes both into `<html>`, so that the first paint is right.
 * `?lang=pt` in an address counts as a choice: it lets a poster or an invitation speak its reader's language, and it is how
 * the language is switched where scripts don't run.
 */
export const pagePreferences: Handle = async ({ event, resolve }) => {
	const asked = event.url.searchParams.get('lang');
	const chosen = isLanguage(asked) ? asked : event.cookies.get(languageCookie);
	const { language, known } = languageOfRequest(chosen, event.request.headers.get('accept-language'));
	const theme = event.cookies.get(themeCookie);

	event.locals.language = language;
	event.locals.languageKnown = known;
	event.locals.theme = isTheme(theme) ? theme : 'auto';

	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%lang%', language).replace('%theme%', event.locals.theme),
	});
	if (isLanguage(asked)) {
		response.headers.append('set-cookie', preferenceCookie(languageCookie, asked, event.url.protocol === 'https:'));
	}
	response.headers.append('vary', 'accept-language, cookie');
	return response;
};
