import type { Language } from '#lib/domain/language.ts';
import type { Catalogue } from './catalogue.ts';

/** One chunk per language, so that a browser fetches only the languages somebody chose in it. */
const chunks: Readonly<Record<Language, () => Promise<{ catalogue: Catalogue }>>> = {
	lb: () => import('./catalogues/lb.ts'),
	fr: () => import('./catalogues/fr.ts'),
	de: () => import('./catalogues/de.ts'),
	en: () => import('./catalogues/en.ts'),
	pt: () => import('./catalogues/pt.ts'),
};

/** The texts of a language. Rejects when the chunk can't be fetched (the network is away). */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
	return (await chunks[language]()).catalogue;
}
