import type { Namespace } from './namespaces.ts';

/** One level of a catalogue file: texts by key, or a further level. */
export interface Texts {
	readonly [key: string]: string | Texts;
}

/** All texts of one language. A namespace that has no file yet is simply absent. */
export type Catalogue = { readonly [N in Namespace]?: Texts };

/** Makes a catalogue of the files of one language: `{ './lb/join.json': {…} }` becomes `{ join: {…} }`. */
export function catalogueOf(files: Readonly<Record<string, Texts>>): Catalogue {
	return Object.fromEntries(Object.entries(files).map(([path, texts]) => [namespaceOf(path), texts]));
}

function namespaceOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
}
