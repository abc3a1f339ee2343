import path from 'node:path';

import { expect, it } from 'vitest';

import { systemClock } from '#server/clock.ts';
import { runImport } from '#server/imports/import-cli.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';

const klimarat = path.resolve('server/demo/data/klimarat-production');

async function run({ sql }: TestDatabase, ...words: string[]): Promise<string[]> {
	const lines: string[] = [];
	await runImport({ database: sql, clock: systemClock, say: (line) => lines.push(line) }, words);
	return lines;
}

it('makes a workshop for the conversation, finds it again, and prints the counts', async () => {
	await using database = await createTestDatabase();
	const { sql } = database;
	const lines = await run(database, 'polis', klimarat, '--language', 'de', '--attribution', 'CC BY 4.0');
	const [workshop] = await sql<[{ code: string; title: unknown; attribution: string }]>`
		select code, title, attribution from workshop
	`;
	expect(workshop).toMatchObject({ title: { de: 'Produktion und Konsum' }, attribution: 'CC BY 4.0' });
	const { code } = workshop;
	expect(lines).toEqual([
		`Produktion und Konsum is in the workshop with the join code ${code.slice(0, 4)} ${code.slice(4)}.`,
		'',
		'                  read   imported   already there   refused',
		'contributions      522        522               0         0',
		'votes           61,936     61,936               0         0',
		'participants     1,116      1,116               0         0',
		'',
		'277 contributions published, 245 held back by moderators, 0 waiting for a moderator.',
		'1,116 people voted, on 61,384 different pairs of a person and a contribution.',
		'Opinion group 0: 761 people.',
		'Opinion group 1: 139 people.',
	]);

	const again = await run(database, 'polis', klimarat, '--workshop', `${code.slice(0, 4)} ${code.slice(4)}`);
	expect(again).toContain('votes           61,936          0          61,936         0');
	expect(await run(database, 'polis', klimarat)).toContain(
		'contributions      522          0             522         0',
	);
	expect([...(await sql`select count(*) from workshop`)]).toEqual([{ count: 1 }]);
});

it.each([
	['without a folder', ['polis'], /^npm run import -- polis FOLDER/],
	['for an unknown format', ['slido', klimarat], /^npm run import/],
	['with an unknown option', ['polis', klimarat, '--wrokshop', '1'], /--wrokshop/],
	['for an unknown language', ['polis', klimarat, '--language', 'xx'], /--language must be one of lb, fr, de, en, pt/],
	['for a folder without an export', ['polis', path.resolve('server/demo')], /comments\.csv/],
	['for an unknown workshop', ['polis', klimarat, '--workshop', '12345678'], /workshop/],
])('is refused in words %s, and leaves nothing behind', async (_case, words, sentence) => {
	await using database = await createTestDatabase();
	await expect(run(database, ...words)).rejects.toMatchObject({
		name: 'StartRefusal',
		message: expect.stringMatching(sentence) as string,
	});
	expect([...(await database.sql`select count(*) from workshop`)]).toEqual([{ count: 0 }]);
});
