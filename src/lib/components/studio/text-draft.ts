import { languages, type Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';

/** A text in all languages while it is written: nothing is missing, what isn't written is blank. */
export type TextDraft = Record<Language, string>;

export function draftOf(text: LocalizedText): TextDraft {
	return Object.fromEntries(languages.map((language) => [language, text[language] ?? ''])) as TextDraft;
}

/** The languages in which one of these texts is written and another isn't, or (where none is written at all) none. */
export function unfinishedLanguages(drafts: readonly TextDraft[]): Set<Language> {
	const written = drafts.filter((draft) => languages.some((language) => draft[language].trim() !== ''));
	return new Set(languages.filter((language) => written.some((draft) => draft[language].trim() === '')));
}
