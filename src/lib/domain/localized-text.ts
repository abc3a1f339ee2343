import { languages, type Language } from './language.ts';

/** A text that people configure (a prompt, a heading), in as many languages as somebody has written it. */
export type LocalizedText = { readonly [L in Language]?: string };

/** Which languages to try when a text lacks the wanted one: the neighbours in Luxembourg's daily life first. */
const nextBest: Readonly<Record<Language, readonly Language[]>> = {
	lb: ['de', 'fr', 'en', 'pt'],
	fr: ['en', 'lb', 'de', 'pt'],
	de: ['lb', 'en', 'fr', 'pt'],
	en: ['fr', 'de', 'lb', 'pt'],
	pt: ['fr', 'en', 'lb', 'de'],
};

/** The language a reader of `language` will get this text in; null when it is empty in all of them. */
export function languageOfText(text: LocalizedText, language: Language): Language | null {
	const order = [language, ...nextBest[language]];
	return order.find((candidate) => isWritten(text[candidate])) ?? null;
}

/** The text in `language`, else in the nearest language it was written in, else the empty string. */
export function pickText(text: LocalizedText, language: Language): string {
	const found = languageOfText(text, language);
	return found === null ? '' : (text[found] ?? '');
}

/** The languages in which this text still has to be written. */
export function missingLanguages(text: LocalizedText): Language[] {
	return languages.filter((language) => !isWritten(text[language]));
}

function isWritten(value: string | undefined): value is string {
	return value !== undefined && value.trim() !== '';
}
