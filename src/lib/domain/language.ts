import * as z from 'zod';

/**
 * The languages people can read and write in. The language is each person's own choice; an edition or a workshop only says
 * what to start with when nothing is known of the person.
 */

export const languages = ['lb', 'fr', 'de', 'en', 'pt'] as const;
export const language = z.enum(languages);
export type Language = z.infer<typeof language>;

/** Used where neither the person, the browser nor the edition says anything. */
export const defaultLanguage: Language = 'fr';

/** What each language calls itself; never translated. */
export const languageNames: Readonly<Record<Language, string>> = {
	lb: 'Lëtzebuergesch',
	fr: 'Français',
	de: 'Deutsch',
	en: 'English',
	pt: 'Português',
};

export function isLanguage(value: unknown): value is Language {
	return languages.some((known) => known === value);
}

/**
 * The best of our languages for an `Accept-Language` header (RFC 9110, 12.5.4), or null if it names none of them.
 * Regions are ignored (`de-LU` is `de`); among equal weights the earlier one wins; `q=0` excludes a language.
 */
export function preferredLanguage(acceptLanguage: string | null | undefined): Language | null {
	let best: { language: Language; weight: number } | null = null;
	for (const range of (acceptLanguage ?? '').split(',')) {
		const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
		const primary = tag.split('-')[0];
		const weight = weightOf(parameters);
		if (isLanguage(primary) && weight > (best?.weight ?? 0)) best = { language: primary, weight };
	}
	return best?.language ?? null;
}

function weightOf(parameters: readonly string[]): number {
	const given = parameters.find((parameter) => parameter.startsWith('q='));
	if (given === undefined) return 1;
	const weight = Number(given.slice(2));
	return weight >= 0 && weight <= 1 ? weight : 0;
}
