import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { connect } from '#server/db/client.ts';
import { appliedMigrations, migrate, readMigrations } from '#server/db/migrate.ts';
import { createTestDatabase } from '#tests/helpers/database.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'boost-migrations-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function emptyDatabase() {
	const database = await createTestDatabase();
	await database.sql.unsafe('drop schema public cascade; create schema public').simple();
	return database;
}

test('a migrated database has every migration of the program, and migrating again changes nothing', async () => {
	await using database = await createTestDatabase();
	const migrations = await readMigrations();
	const applied = await appliedMigrations(database.sql);
	expect([...applied.keys()]).toEqual(migrations.map(({ version }) => version));
	expect(await migrate(database.sql)).toEqual([]);
});

test('programs that start at the same time apply each migration once', async () => {
	await using database = await emptyDatabase();
	await writeFile(path.join(folder, '0001_first.sql'), 'create table first (id integer); select pg_sleep(0.1);');
	await writeFile(path.join(folder, '0002_second.sql'), 'create table second (id integer);');
	const starts = Array.from({ length: 4 }, async () => {
		const own = connect(database.url, { max: 1 });
		try {
			return await migrate(own, folder);
		} finally {
			await own.end();
		}
	});
	const applied = await Promise.all(starts);
	expect(applied.flat().sort()).toEqual(['first', 'second']);
});

test('a broken migration leaves nothing behind and is named', async () => {
	await using database = await emptyDatabase();
	await writeFile(path.join(folder, '0001_fine.sql'), 'create table fine (id integer);');
	await writeFile(path.join(folder, '0002_broken.sql'), 'create table broken (id nonsense);');
	await expect(migrate(database.sql, folder)).rejects.toThrow('2 (broken)');
	expect(await appliedMigrations(database.sql)).toEqual(new Map());
	const [row] = await database.sql`select to_regclass('fine') as fine`;
	expect(row).toEqual({ fine: null });
});

test('an applied migration that has changed is refused', async () => {
	await using database = await emptyDatabase();
	const file = path.join(folder, '0001_first.sql');
	await writeFile(file, 'create table first (id integer);');
	await migrate(database.sql, folder);
	await writeFile(file, 'create table first (id bigint);');
	await expect(migrate(database.sql, folder)).rejects.toThrow('must stay as it was');
});

test('the database of a newer program is refused', async () => {
	await using database = await emptyDatabase();
	const newer = path.join(folder, '0002_newer.sql');
	await writeFile(path.join(folder, '0001_first.sql'), 'create table first (id integer);');
	await writeFile(newer, 'create table newer (id integer);');
	await migrate(database.sql, folder);
	await rm(newer);
	await expect(migrate(database.sql, folder)).rejects.toThrow('newer Boost Board');
});

test('two files with one number are refused', async () => {
	await writeFile(path.join(folder, '0001_first.sql'), '');
	await writeFile(path.join(folder, '0001_again.sql'), '');
	await expect(readMigrations(folder)).rejects.toThrow('same number');
});
