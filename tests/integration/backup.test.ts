import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { restoreBackup } from '#server/backup/restore-backup.ts';
import { writeBackup } from '#server/backup/write-backup.ts';
import { connect, type Database } from '#server/db/client.ts';
import { EmbeddedPostgres } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';
import { createTestDatabase } from '#tests/helpers/database.ts';

let folder: string;
let file: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'boost-backup-'));
	file = path.join(folder, 'evening.backup');
});
afterEach(() => rm(folder, { recursive: true }));

const now = new Date('2026-06-06T22:00:00Z');

/** An account, a programme and what hangs on them: jsonb, dates, foreign keys, letters beyond ASCII. */
async function writeSomething(sql: Database): Promise<void> {
	await sql`insert into account (email, name) values ('lead@example.org', 'Zoë Müller')`;
	await sql`insert into programme (slug, name) values ('boost', ${sql.json({ lb: 'Boost Lokal Lëtzebuerg' })})`;
	await sql`
		insert into programme_member (programme_id, account_id, role)
		select programme.id, account.id, 'lead' from programme, account
	`;
	await sql`
		insert into region (key, name, population, population_as_of, source)
		values ('west', ${sql.json({ lb: 'Regioun Westen' })}, 79709, '2024-01-01', 'STATEC')
	`;
}

async function contents(sql: Database): Promise<Record<string, unknown>> {
	const tables = await sql<{ name: string }[]>`
		select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname
	`;
	const rows: Record<string, unknown> = {};
	for (const { name } of tables.filter((table) => table.name !== 'schema_migration')) {
		rows[name] = await sql`select to_jsonb(t) as row from ${sql(name)} t order by to_jsonb(t)::text`;
	}
	return rows;
}

async function schema(sql: Database): Promise<unknown> {
	return sql`
		select conrelid::regclass::text as table, conname, pg_get_constraintdef(oid) as definition from pg_constraint
		where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, 2
	`;
}

test('a backup goes from one server to another and back, row for row, with its constraints', async () => {
	await using original = await createTestDatabase();
	await writeSomething(original.sql);
	const report = await writeBackup(original.sql, file, now);
	expect(report.rows).toBe(4);

	const embedded = await EmbeddedPostgres.start({ dataDir: path.join(folder, 'data') });
	const middle = connect(embedded.url, { max: 2 });
	expect(await restoreBackup(middle, file, { replace: false })).toEqual(report);
	expect(await contents(middle)).toEqual(await contents(original.sql));
	const back = path.join(folder, 'back.backup');
	await writeBackup(middle, back, now);
	await middle.end();
	await embedded.stop();

	await using copy = await createTestDatabase();
	await restoreBackup(copy.sql, back, { replace: true });
	expect(await contents(copy.sql)).toEqual(await contents(original.sql));
	expect(await schema(copy.sql)).toEqual(await schema(original.sql));
	expect(await migrate(copy.sql)).toEqual([]);
});

test('only its owner may read a backup', async () => {
	await using database = await createTestDatabase();
	await writeBackup(database.sql, file, now);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a database that holds something is not overwritten unasked', async () => {
	await using database = await createTestDatabase();
	await writeSomething(database.sql);
	await writeBackup(database.sql, file, now);
	await expect(restoreBackup(database.sql, file, { replace: false })).rejects.toThrow('--replace');
});

test('what is written after the moment of the backup is not in it', async () => {
	await using database = await createTestDatabase();
	await writeSomething(database.sql);
	await writeBackup(database.sql, file, now);
	await database.sql`insert into account (email, name) values ('late@example.org', 'Late')`;
	await restoreBackup(database.sql, file, { replace: true });
	expect(await database.sql`select name from account`).toEqual([{ name: 'Zoë Müller' }]);
});

test.each([
	['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
	['changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - 60 ? byte ^ 0xff : byte)))],
	['of something else', () => Buffer.from('account;name\n1;Zoë\n')],
])('a file that is %s is refused and nothing changes', async (_, damage) => {
	await using database = await createTestDatabase();
	await writeSomething(database.sql);
	await writeBackup(database.sql, file, now);
	const before = await contents(database.sql);
	await writeFile(file, damage(await readFile(file)));
	await expect(restoreBackup(database.sql, file, { replace: true })).rejects.toThrow("can't be restored");
	expect(await contents(database.sql)).toEqual(before);
});

test('the backup of another schema is refused', async () => {
	await using database = await createTestDatabase();
	await database.sql`update schema_migration set hash = 'of another program'`;
	await writeBackup(database.sql, file, now);
	await expect(restoreBackup(database.sql, file, { replace: true })).rejects.toThrow('another version');
});
