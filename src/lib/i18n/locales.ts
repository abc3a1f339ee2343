import type { Language } from '#lib/domain/language.ts';

/**
 * The locale whose plurals a catalogue follows. Portuguese is the European one: under `pt` alone, the Brazilian, zero is
 * singular and the spelling another.
 */
export const pluralLocales: Readonly<Record<Language, string>> = {
	lb: 'lb',
	fr: 'fr',
	de: 'de',
	en: 'en-GB',
	pt: 'pt-PT',
};

/**
 * The locale in which `Intl` prints. Chromium knows neither the dates nor the numbers of `lb` and would take those of the
 * device's language; they are written as in German (the names of days and months are in `luxembourgish-dates.ts`).
 */
export const formatLocales: Readonly<Record<Language, string>> = { ...pluralLocales, lb: 'de' };
