/**
 * Puts the spaces of French typography into the French catalogue, where a line must not break before a sign:
 * `node src/lib/i18n/testing/set-french-spaces.ts`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const noBreakSpace = '\u00a0';
const narrowNoBreakSpace = '\u202f';
const folder = new URL('../catalogues/fr/', import.meta.url);

for (const name of readdirSync(folder)) {
	const file = new URL(name, folder);
	const written = readFileSync(file, 'utf8');
	// The colons of JSON follow a quotation mark, never a space, so whole files can be set at once.
	const set = written
		.replaceAll(/[ \u00a0\u202f]:/g, `${noBreakSpace}:`)
		.replaceAll(/[ \u00a0\u202f]([;!?»])/g, `${narrowNoBreakSpace}$1`)
		.replaceAll(/«[ \u00a0\u202f]/g, `«${narrowNoBreakSpace}`);
	if (set !== written) writeFileSync(file, set);
}
