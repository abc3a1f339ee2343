import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

import { createTestDatabase } from '../helpers/database.ts';
import { freePort } from '../helpers/free-port.ts';
import { recordEvening } from '../helpers/leaks/evening.ts';
import { describeLeak, scan } from '../helpers/leaks/scan.ts';
import { runProgram } from '../helpers/program.ts';
import type { RunningApp } from '../helpers/running-app.ts';

const publicPages = [
	'/',
	'/j/{code}',
	'/privacy',
	'/e/{edition}',
	'/e/{edition}/projects',
	'/e/{edition}/projects/{slug}',
	'/w/{code}',
	'/w/{code}/table',
	'/screen',
	'/pair',
];
const studioPages = [
	'/studio',
	'/studio/team',
	'/studio/account',
	'/studio/workshops/{workshopId}',
	'/studio/workshops/{workshopId}/cockpit',
	'/studio/workshops/{workshopId}/print',
	'/studio/workshops/{workshopId}/seats',
	'/studio/workshops/{workshopId}/report',
	'/studio/workshops/{workshopId}/report/members/{projectId}',
];
/** Each page as a document, and the data of it that a browser asks for when it goes there. */
const pages = [...publicPages, ...studioPages].flatMap((page) => [page, `${page === '/' ? '' : page}/__data.json`]);

test('the pages of a whole evening tell nobody what is not theirs to know', { timeout: 240_000 }, async () => {
	await using app = await startProgram();
	const probers = ['claire', 'denis', 'anna', 'ravi', 'bruno', 'wall', 'visitor', 'eve'] as const;
	const { leaks, allowed, blindSpots } = scan(await recordEvening(app, { pages, probers }));
	expect(leaks.map(describeLeak)).toEqual([]);
	expect(blindSpots).toEqual([]);

	// The pages were there, and what belongs on them was seen on them.
	const seen = (secret: string, client: string, page: RegExp) =>
		allowed.some((found) => found.secret === secret && found.client === client && page.test(found.where));
	expect(seen('public project', 'visitor', /^GET \/e\/[^/]+\/projects page\//)).toBe(true);
	expect(seen('words on the sheet', 'visitor', /^GET \/e\/[^/]+\/projects\/[^/]+ page\//)).toBe(true);
	expect(seen("helper's address", 'claire', /^GET \/studio\/.*\/report\/members\/[^/]+ page\//)).toBe(true);
	expect(seen('tally of the kept vote, option 1', 'claire', /^GET \/studio\/.*\/report page\//)).toBe(true);
});

/** The program as `npm start` runs it, with its pages, on a database of its own. */
async function startProgram(): Promise<RunningApp> {
	const database = await createTestDatabase();
	const dataDir = await mkdtemp(path.join(tmpdir(), 'boost-pages-'));
	const port = await freePort();
	const { PATH, HOME } = process.env;
	const settings = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: String(port), LOAD_DEMO: 'no' };
	const program = runProgram(process.execPath, ['server/launch/run.js', 'start'], {
		env: { PATH, HOME, HOST: '127.0.0.1', LOG_LEVEL: 'silent', NODE_ENV: 'production', ...settings },
	});
	await program.line(/Stop:\s+Ctrl-C/);
	return {
		database,
		origin: `http://127.0.0.1:${port}`,
		async [Symbol.asyncDispose]() {
			program.kill('SIGTERM');
			await program.ended;
			await database[Symbol.asyncDispose]();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}
