import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { StartRefusal } from '../start-refusal.ts';
import { type Database, type Sql, type Transaction } from './client.ts';

/**
 * Brings a database to the schema of this program. Files are numbered and never change once they were applied: each is
 * remembered with its hash, and a file that no longer has it is refused. Everything happens in one transaction under an
 * advisory lock, so starts at the same time wait for each other and a broken file leaves nothing behind.
 */

const migrationLock = 7_318_349_394_477_057n;

export const migrationFolder = path.join(import.meta.dirname, 'migrations');

export type Migration = { version: number; name: string; hash: string; statements: string };

/** The migrations of a folder in their order. Files with another kind of name are refused: they'd be forgotten silently. */
export async function readMigrations(folder: string = migrationFolder): Promise<Migration[]> {
	const files = (await readdir(folder)).sort();
	const migrations = await Promise.all(
		files.map(async (file) => {
			const [, number, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? [];
			if (number === undefined || name === undefined) {
				throw new Error(`The migration ${file} isn't named like 0001_name.sql.`);
			}
			const statements = await readFile(path.join(folder, file), 'utf8');
			const hash = createHash('sha256').update(statements).digest('hex');
			return { version: Number(number), name, hash, statements };
		}),
	);
	for (const [index, migration] of migrations.entries()) {
		const before = migrations[index - 1];
		if (before?.version === migration.version) {
			throw new Error(`The migrations ${before.name} and ${migration.name} have the same number.`);
		}
	}
	return migrations;
}

/**
 * Applies what is missing and returns the names of what was applied.
 * @throws StartRefusal if the database was changed by a newer program or by a migration that has changed since
 */
export async function migrate(database: Database, folder: string = migrationFolder): Promise<string[]> {
	const migrations = await readMigrations(folder);
	return database.begin((sql) => applyMigrations(sql, migrations));
}

/** The same within a transaction, for a choice of the migrations. */
export async function applyMigrations(sql: Transaction, migrations: readonly Migration[]): Promise<string[]> {
	await sql`select pg_advisory_xact_lock(${migrationLock.toString()}::bigint)`;
	await sql`
		create table if not exists schema_migration (
			version integer primary key,
			name text not null,
			hash text not null,
			applied_at timestamptz not null default now()
		)
	`;
	const applied = await appliedMigrations(sql);
	checkHistory(migrations, applied);
	const missing = migrations.filter(({ version }) => !applied.has(version));
	for (const { version, name, hash, statements } of missing) {
		try {
			await sql.unsafe(statements).simple();
		} catch (error) {
			throw new Error(`The migration ${version} (${name}) failed: ${String(error)}`, { cause: error });
		}
		await sql`insert into schema_migration (version, name, hash) values (${version}, ${name}, ${hash})`;
	}
	return missing.map(({ name }) => name);
}

/** What was applied, by version; nothing if the database is new. */
export async function appliedMigrations(sql: Sql): Promise<Map<number, { name: string; hash: string }>> {
	const [table] = await sql<[{ exists: boolean }]>`select to_regclass('schema_migration') is not null as exists`;
	if (!table.exists) return new Map();
	const rows = await sql<{ version: number; name: string; hash: string }[]>`
		select version, name, hash from schema_migration order by version
	`;
	return new Map(rows.map(({ version, name, hash }) => [version, { name, hash }]));
}

function checkHistory(migrations: readonly Migration[], applied: ReadonlyMap<number, { name: string; hash: string }>) {
	const known = new Map(migrations.map((migration) => [migration.version, migration]));
	for (const [version, { name, hash }] of applied) {
		const migration = known.get(version);
		if (!migration) {
			throw new StartRefusal(
				`The database was made by a newer Boost Board (its schema has "${name}", number ${version}). Start that version, or use another database.`,
			);
		}
		if (migration.hash !== hash) {
			throw new StartRefusal(
				`The migration ${version} (${migration.name}) has changed since this database was made. A migration that was applied must stay as it was; write a new one.`,
			);
		}
	}
}
