import path from 'node:path';

import { StartRefusal } from '../start-refusal.ts';

/** What follows the command: plain words in order, and which of the known switches were given. */
export type Arguments = { words: string[]; switches: ReadonlySet<string> };

/**
 * @param known the switches this command knows, such as `--replace`
 * @throws StartRefusal with `usage` if another switch or another number of words is given
 */
export function readArguments(usage: string, wordCount: number, known: readonly string[] = []): Arguments {
	const given = process.argv.slice(3);
	const switches = given.filter((argument) => argument.startsWith('--'));
	const words = given.filter((argument) => !argument.startsWith('--'));
	if (words.length !== wordCount || switches.some((name) => !known.includes(name))) throw new StartRefusal(usage);
	return { words, switches: new Set(switches) };
}

/** A path that the person typed: npm runs scripts in the project's folder, wherever they stood. */
export function typedPath(file: string): string {
	return path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
}
