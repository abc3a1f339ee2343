/**
 * Which keys the program asks for, found in its source: whole keys in quotes, and beginnings of computed ones (a template that
 * starts with a namespace and a colon asks for everything that begins like it). Comments are read like code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { namespaces } from '../namespaces.ts';

export interface UsedKeys {
	/** Whole keys, with one file that asks for each. */
	readonly whole: ReadonlyMap<string, string>;
	readonly beginnings: ReadonlySet<string>;
}

const namespace = `(?:${namespaces.join('|')})`;
const wholeKey = new RegExp(`(['"\`])(${namespace}:[\\w.-]+)\\1`, 'g');
const beginning = new RegExp(`\`(${namespace}:[\\w.-]*)\\$\\{`, 'g');
/** `depends('studio:team')` names data of a page, not a text. */
const loadDependency = /\b(?:depends|invalidate)\([^)]*\)/g;

export function usedKeys(root: string): UsedKeys {
	const whole = new Map<string, string>();
	const beginnings = new Set<string>();
	for (const file of sourceFiles(root)) {
		const source = readFileSync(file, 'utf8').replaceAll(loadDependency, '');
		for (const match of source.matchAll(wholeKey)) whole.set(match[2] ?? '', path.relative(root, file));
		for (const match of source.matchAll(beginning)) beginnings.add(match[1] ?? '');
	}
	return { whole, beginnings };
}

function sourceFiles(root: string): string[] {
	return ['src', 'server']
		.flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile() && /\.(?:ts|svelte)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
		.map((entry) => path.join(entry.parentPath, entry.name));
}
