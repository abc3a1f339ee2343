import { type Database, type Sql } from '../db/client.ts';
import { appliedMigrations } from '../db/migrate.ts';
import { StartRefusal } from '../start-refusal.ts';
import { type Manifest, type TableData, writeBackupFile } from './backup-file.ts';
import { copyOut, countRows, listSequences, listTables } from './backup-queries.ts';

export type BackupReport = { tables: number; rows: number };

/**
 * Writes everything that is in the database into one file, as it is at one moment; people may go on writing meanwhile.
 * The keys of open votes are not in the database and so not in the file: a backup can't say who voted what.
 * @throws StartRefusal if the database is empty
 */
export async function writeBackup(database: Database, file: string, now: Date): Promise<BackupReport> {
	return database.begin('isolation level repeatable read read only', async (sql) => {
		const manifest = await describe(sql, now);
		await writeBackupFile(file, manifest, tableData(sql, manifest));
		return reportOf(manifest);
	});
}

export function reportOf(manifest: Manifest): BackupReport {
	return {
		tables: manifest.tables.length,
		rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
	};
}

async function describe(sql: Sql, now: Date): Promise<Manifest> {
	const migrations = [...(await appliedMigrations(sql))].map(([version, { name, hash }]) => ({ version, name, hash }));
	if (migrations.length === 0) throw new StartRefusal('There is nothing to back up: the database is empty.');
	const tables: Manifest['tables'] = [];
	for (const shape of await listTables(sql)) tables.push({ ...shape, rows: await countRows(sql, shape.name) });
	return { createdAt: now.toISOString(), migrations, tables, sequences: await listSequences(sql) };
}

async function* tableData(sql: Sql, { tables }: Manifest): AsyncGenerator<TableData> {
	for (const [index, shape] of tables.entries()) {
		if (shape.rows > 0) yield { index, data: await copyOut(sql, shape) };
	}
}
