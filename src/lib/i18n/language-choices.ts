import { languageNames, languages, type Language } from '#lib/domain/language.ts';

/** The languages to choose from, each under its own name. */
export const languageChoices: readonly { readonly language: Language; readonly name: string }[] = languages.map(
	(language) => ({ language, name: languageNames[language] }),
);
