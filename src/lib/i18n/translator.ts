/**
 * Texts for what runs in Node without a bundler: the server's messages, exports, the terminal. Pages use `i18n.svelte.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { languages, type Language } from '#lib/domain/language.ts';
import { catalogueOf, type Catalogue, type Texts } from './catalogue.ts';
import { createTranslate, type Translate } from './translation.ts';

const cataloguesFolder = new URL('./catalogues/', import.meta.url);

const translators = new Map(
	languages.map((language) => [language, createTranslate(language, readCatalogue(language))]),
);

/** The translate function of a language, with all its texts. */
export function translator(language: Language): Translate {
	const translate = translators.get(language);
	if (translate === undefined) throw new Error(`No catalogue for the language ${language}`);
	return translate;
}

/** The texts of a language as they stand in its files. */
export function readCatalogue(language: Language): Catalogue {
	const folder = new URL(`${language}/`, cataloguesFolder);
	const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
	return catalogueOf(
		Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Texts])),
	);
}
