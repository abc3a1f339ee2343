import { pickText, languageOfText, type LocalizedText } from '#lib/domain/localized-text.ts';
import type { Language } from '#lib/domain/language.ts';

export type SpokenText = { readonly language: Language; readonly text: string };

/** A configured text in each of the screen's languages; once only where two of them would read the same words. */
export function spokenTexts(text: LocalizedText, languages: readonly Language[]): SpokenText[] {
	const written = new Set(languages.map((wanted) => languageOfText(text, wanted)).filter((found) => found !== null));
	return [...written].map((language) => ({ language, text: pickText(text, language) }));
}
