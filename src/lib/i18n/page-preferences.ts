import type { Handle } from '@sveltejs/kit';
import { isLanguage } from '#lib/domain/language.ts';
import { languageCookie, preferenceCookieOptions, themeCookie } from './preference-cookie.ts';
import { isTheme, languageOfRequest } from './request-preferences.ts';

/** Text is read at once; headings may take their letters a moment later, names in rarer alphabets too. */
const fontOfTheText = 'atkinson-hyperlegible-next-latin-wght';

/**
 * Finds out in which language and theme to render a page, and writes both into `<html>`, so that the first paint is right.
 * `?lang=pt` in an address counts as a choice: it lets a poster or an invitation speak its reader's language, and it is how
 * the language is switched where scripts don't run.
 */
export const pagePreferences: Handle = async ({ event, resolve }) => {
	const asked = event.url.searchParams.get('lang');
	if (isLanguage(asked)) {
		event.cookies.set(languageCookie, asked, preferenceCookieOptions(event.url.protocol === 'https:'));
	}
	const { language, known } = languageOfRequest(
		event.cookies.get(languageCookie),
		event.request.headers.get('accept-language'),
	);
	const theme = event.cookies.get(themeCookie);

	event.locals.language = language;
	event.locals.languageKnown = known;
	event.locals.theme = isTheme(theme) ? theme : 'auto';

	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%lang%', language).replace('%theme%', event.locals.theme),
		preload: ({ type, path }) => type === 'js' || type === 'css' || (type === 'font' && path.includes(fontOfTheText)),
	});
	if (response.headers.get('content-type')?.startsWith('text/html') === true) {
		response.headers.append('vary', 'accept-language, cookie');
	}
	return response;
};
