/**
 * What the catalogue test knows about texts: flattens catalogues and tells plural forms and interpolation variables apart.
 */
import type { Catalogue, Texts } from '../catalogue.ts';

const pluralForm = /_(?:zero|one|two|few|many|other)$/;
const variable = /\{\{\s*-?\s*([\w.]+)[^}]*\}\}/g;

/** Every text of a catalogue by its full key. */
export function textsByKey(catalogue: Catalogue): Map<string, string> {
	return new Map(
		Object.entries(catalogue).flatMap(([namespace, texts]) =>
			flat(texts).map(([path, text]): [string, string] => [`${namespace}:${path}`, text]),
		),
	);
}

/** The key as it is asked for in the code: without the ending of a plural form. */
export function askedKey(key: string): string {
	return key.replace(pluralForm, '');
}

export function isPluralForm(key: string): boolean {
	return pluralForm.test(key);
}

/** The names between `{{` and `}}`, sorted. */
export function variablesOf(text: string): string[] {
	return [...new Set([...text.matchAll(variable)].map((match) => match[1] ?? ''))].sort();
}

function flat(texts: Texts, prefix = ''): [string, string][] {
	return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
		typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
	);
}
