/**
 * Measures; nothing here passes or fails. `npm run bench -- NAME [--json]`, where a name is one of the files beside this one.
 * With `--json` the last line is one object. Figures are of this machine in this run: compare them with each other only.
 */
import process from 'node:process';

import { measureEvening } from './evening/evening.ts';
import { measureImport } from './import.ts';
import { measureRoom } from './room.ts';
import { measureSync } from './sync/sync.ts';

export type Figures = Readonly<Record<string, number>>;

const benches: Readonly<Record<string, (options: ReadonlyMap<string, string>) => Promise<Figures>>> = {
	room: measureRoom,
	import: measureImport,
	sync: measureSync,
	evening: measureEvening,
};

const [name = '', ...rest] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
	process.stderr.write(`Name a bench: npm run bench -- ${Object.keys(benches).join(' | ')} [--json]\n`);
	process.exit(1);
}
const options = readOptions(rest);
const figures = await bench(options);
for (const [figure, value] of Object.entries(figures)) {
	process.stdout.write(
		`${figure.padEnd(32)}${value.toLocaleString('en', { maximumFractionDigits: 3 }).padStart(12)}\n`,
	);
}
if (options.has('json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);

/** `--participants 100 --json` as a map; a switch without a value maps to the empty string. */
function readOptions(words: readonly string[]): Map<string, string> {
	const found = new Map<string, string>();
	for (const [index, word] of words.entries()) {
		if (!word.startsWith('--')) continue;
		const next = words[index + 1] ?? '';
		found.set(word.slice(2), next.startsWith('--') ? '' : next);
	}
	return found;
}
