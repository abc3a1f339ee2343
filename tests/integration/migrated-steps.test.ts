import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

import { stepRules } from '#lib/domain/step.ts';
import { connect } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import { createTestDatabase } from '#tests/helpers/database.ts';

const migrations = path.resolve('server/db/migrations');

/** A folder with the migrations up to a number. */
async function migrationsUpTo(last: string): Promise<AsyncDisposable & { readonly folder: string }> {
	const folder = await mkdtemp(path.join(tmpdir(), 'boost-migrations-'));
	for (const file of await readdir(migrations)) {
		if (file.slice(0, 4) <= last) await cp(path.join(migrations, file), path.join(folder, file));
	}
	return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

test('the steps of workshops from before say who may what in the words of today', async () => {
	await using database = await createTestDatabase();
	await database.sql.unsafe('drop schema public cascade; create schema public').simple();
	await using before = await migrationsUpTo('0005');
	const sql = connect(database.url, { max: 1 });
	try {
		await migrate(sql, before.folder);
		await sql`insert into programme (slug, name) values ('p', '{}')`;
		await sql`insert into edition (programme_id, slug, title) select id, 'e', '{}' from programme`;
		await sql`
			insert into workshop (edition_id, code, title, personal_data_until)
			select id, '48210937', '{}', '2099-12-31' from edition`;
		const old = [
			{ add: true, edit: true, arrange: 'table', vote: false, sheet: false, names: 'hidden', intake: 'private' },
			{ add: false, edit: false, arrange: 'nobody', vote: true, sheet: true, names: 'shown', intake: 'direct' },
		];
		for (const [position, rules] of old.entries()) {
			await sql`
				insert into step (workshop_id, position, kind, title, prompt, duration_ms, rules)
				select id, ${position}, 'collect', '{}', '{}', 0, ${sql.json(rules)} from workshop`;
		}
		await migrate(sql);
		const rows = await sql<{ rules: unknown }[]>`select rules from step order by position`;
		expect(rows.map(({ rules }) => stepRules.parse(rules))).toEqual([
			{
				...{ add: 'everybody', edit: 'authors', see: 'room', arrange: 'everybody', vote: false, sheet: 'nobody' },
				...{ names: 'hidden', intake: 'private', board: 'table', screen: 'auto' },
			},
			{
				...{ add: 'nobody', edit: 'nobody', see: 'room', arrange: 'nobody', vote: true, sheet: 'everybody' },
				...{ names: 'shown', intake: 'direct', board: 'table', screen: 'auto' },
			},
		]);
	} finally {
		await sql.end();
	}
});
