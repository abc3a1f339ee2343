import { describe, expect, test } from 'vitest';
import { languages, type Language } from '#lib/domain/language.ts';
import { errorCodes } from '#lib/protocol/errors.ts';
import { pluralLocales } from './locales.ts';
import { namespaces } from './namespaces.ts';
import { sameAsEnglish } from './same-as-english.ts';
import { askedKey, isPluralForm, textsByKey, variablesOf } from './testing/catalogue-texts.ts';
import { usedKeys } from './testing/used-keys.ts';
import { readCatalogue, translator } from './translator.ts';

const root = new URL('../../../', import.meta.url).pathname;
const texts = new Map(languages.map((language) => [language, textsByKey(readCatalogue(language))]));
const english = textsOf('en');
const asked = new Set([...english.keys()].map(askedKey));
const translations = languages.filter((language) => language !== 'en');

function textsOf(language: Language): ReadonlyMap<string, string> {
	return texts.get(language) ?? new Map<string, string>();
}

/** Signs of a typewriter: straight quotation marks and apostrophes, three dots; in French, spaces at which a line may break. */
const straight = /\p{L}'\p{L}|"|\.\.\./u;
const typewritten: Readonly<Record<Language, RegExp>> = {
	lb: straight,
	fr: new RegExp(`${straight.source}| [:;!?»]|« `, 'u'),
	de: straight,
	en: straight,
	pt: straight,
};

/** The variables of a key, all its plural forms taken together. */
function variablesOfKey(language: Language, key: string): string[] {
	const forms = [...textsOf(language)].filter(([form]) => askedKey(form) === key);
	return [...new Set(forms.flatMap(([, text]) => variablesOf(text)))].sort();
}

describe.each(languages)('the catalogue of %s', (language) => {
	const own = textsOf(language);
	const ownKeys = new Set([...own.keys()].map(askedKey));

	test('has every text that English has, and none besides', () => {
		expect([...asked].filter((key) => !ownKeys.has(key))).toEqual([]);
		expect([...ownKeys].filter((key) => !asked.has(key))).toEqual([]);
	});

	test('is divided into known namespaces', () => {
		expect(Object.keys(readCatalogue(language)).filter((name) => !namespaces.some((known) => known === name))).toEqual(
			[],
		);
	});

	test('has exactly the plural forms of its language wherever it counts', () => {
		const forms = new Intl.PluralRules(pluralLocales[language]).resolvedOptions().pluralCategories;
		const counted = new Set([...own.keys()].filter(isPluralForm).map(askedKey));
		const expected = [...counted].flatMap((key) => forms.map((form) => `${key}_${form}`)).sort();
		const found = [...own.keys()].filter((key) => counted.has(askedKey(key))).sort();
		expect(found).toEqual(expected);
	});

	test('counts where English counts', () => {
		const counted = (of: ReadonlyMap<string, string>) => new Set([...of.keys()].filter(isPluralForm).map(askedKey));
		expect(counted(own)).toEqual(counted(english));
	});

	test('uses the same variables as English', () => {
		const differing = [...asked].filter(
			(key) => variablesOfKey(language, key).join() !== variablesOfKey('en', key).join(),
		);
		expect(differing).toEqual([]);
	});

	test('has no blank or untrimmed text', () => {
		expect([...own].filter(([, text]) => text.trim() === '' || text !== text.trim())).toEqual([]);
	});

	test('is set with the signs of its language', () => {
		expect([...own].filter(([, text]) => typewritten[language].test(text))).toEqual([]);
	});

	test('says what every refusal means', () => {
		expect(errorCodes.filter((code) => !own.has(`errors:${code}`))).toEqual([]);
	});

	test('has an answer for every key the program asks for', () => {
		const { whole } = usedKeys(root);
		expect([...whole].filter(([key]) => !ownKeys.has(key)).map(([key, file]) => `${key} in ${file}`)).toEqual([]);
	});
});

describe.each(translations)('the translation into %s', (language) => {
	test('is a translation', () => {
		const allowed = new Set(
			sameAsEnglish.filter((entry) => entry.languages.includes(language)).flatMap((entry) => entry.texts),
		);
		const same = [...textsOf(language)].filter(
			([key, text]) => english.get(key) === text && !allowed.has(text) && /\p{L}/u.test(withoutVariables(text)),
		);
		expect(same).toEqual([]);
	});
});

test('every text is used somewhere', () => {
	const { whole, beginnings } = usedKeys(root);
	const unused = [...asked].filter(
		(key) => !whole.has(key) && ![...beginnings].some((beginning) => key.startsWith(beginning)),
	);
	expect(unused).toEqual([]);
});

test('every exception from translating is needed', () => {
	const needless = sameAsEnglish.flatMap((entry) =>
		entry.languages.flatMap((language) =>
			entry.texts
				.filter((text) => ![...textsOf(language)].some(([key, own]) => own === text && english.get(key) === text))
				.map((text) => `${text} (${language})`),
		),
	);
	expect(needless).toEqual([]);
});

test('the server speaks every language', () => {
	expect(languages.map((language) => translator(language)('common:action.save'))).toEqual([
		'Späicheren',
		'Enregistrer',
		'Speichern',
		'Save',
		'Guardar',
	]);
});

function withoutVariables(text: string): string {
	return text.replaceAll(/\{\{[^}]*\}\}/g, '');
}
