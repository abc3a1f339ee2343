import { createInstance } from 'i18next';
import type { Language } from '#lib/domain/language.ts';
import type { Catalogue } from './catalogue.ts';
import { formatsOf } from './formats.ts';
import { pluralLocales } from './locales.ts';
import type { TextKey } from './namespaces.ts';

/**
 * Values for the `{{…}}` of a text. Numbers are printed as the language prints them, so years and codes are given as strings.
 * `count` also chooses the plural form.
 */
export type TextParams = Readonly<Record<string, string | number>>;

export type Translate = (key: TextKey, params?: TextParams) => string;

/**
 * The translate function of one language. A missing key comes back as it is; the catalogue test fails on it. Texts are not
 * escaped for HTML: Svelte does that when it renders, and exports are not HTML.
 */
export function createTranslate(language: Language, catalogue: Catalogue): Translate {
	const locale = pluralLocales[language];
	const { number } = formatsOf(language);
	const instance = createInstance();
	// Ready at once: with `initAsync: false` and the texts given, nothing is awaited inside.
	void instance.init({
		lng: locale,
		fallbackLng: false,
		load: 'currentOnly',
		initAsync: false,
		ns: Object.keys(catalogue),
		defaultNS: 'common',
		resources: { [locale]: catalogue },
		interpolation: { escapeValue: false },
	});
	return (key, params = {}) => {
		const replace = Object.fromEntries(
			Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? number(value) : value]),
		);
		// Under `replace`, a parameter can't be mistaken for an option of i18next (`context`, `lng` …).
		return typeof params.count === 'number'
			? instance.t(key, { replace, count: params.count })
			: instance.t(key, { replace });
	};
}
