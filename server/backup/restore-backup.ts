import { pipeline } from 'node:stream/promises';

import { type Database, type Transaction } from '../db/client.ts';
import { applyMigrations, type Migration, readMigrations } from '../db/migrate.ts';
import { StartRefusal } from '../start-refusal.ts';
import { BrokenBackup, type Manifest, readBackupFile, type TableData } from './backup-file.ts';
import {
	addForeignKeys,
	clearSchema,
	copyIn,
	countRows,
	dropForeignKeys,
	emptyTables,
	hasTables,
	listTables,
	setSequence,
	silenceTriggers,
	wakeTriggers,
} from './backup-queries.ts';
import { type BackupReport, reportOf } from './write-backup.ts';

export type RestoreOptions = {
	/** Whether what is in the database now may be lost. */
	replace: boolean;
};

/**
 * Puts a backup into a database: the schema as it was then, the rows, and then the migrations that have come since. All in
 * one transaction; if anything is wrong, the database stays as it was.
 * @throws StartRefusal if the file is broken or from a newer program, or if the database holds something already
 */
export async function restoreBackup(database: Database, file: string, options: RestoreOptions): Promise<BackupReport> {
	const backup = await openBackup(file);
	try {
		const migrations = await readMigrations();
		const original = originalMigrations(backup.manifest, migrations);
		await database.begin(async (sql) => {
			if (await hasTables(sql)) {
				if (!options.replace) throw new StartRefusal(inUse);
				await clearSchema(sql);
			}
			await applyMigrations(sql, original);
			await fill(sql, backup.manifest, backup.tables);
			await applyMigrations(sql, migrations);
		});
		return reportOf(backup.manifest);
	} catch (error) {
		throw asRefusal(file, error);
	} finally {
		backup.close();
	}
}

const inUse =
	'The database holds something already. To lose that and put the backup in its place, add --replace: npm run restore -- FILE --replace';

async function openBackup(file: string) {
	try {
		return await readBackupFile(file);
	} catch (error) {
		throw asRefusal(file, error);
	}
}

function asRefusal(file: string, error: unknown): unknown {
	if (error instanceof BrokenBackup) {
		return new StartRefusal(`The file ${file} can't be restored: ${error.message}. Nothing was changed.`, {
			cause: error,
		});
	}
	if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
		return new StartRefusal(`There is no file ${file}.`, { cause: error });
	}
	return error;
}

/** The migrations of this program that the backup's database had. */
function originalMigrations(manifest: Manifest, known: readonly Migration[]): Migration[] {
	return manifest.migrations.map(({ version, name, hash }) => {
		const migration = known.find((candidate) => candidate.version === version);
		if (migration?.hash !== hash) {
			throw new StartRefusal(
				`The backup was made by another version of Boost Board (its schema has "${name}", number ${version}, which this one doesn't know). Restore it with that version or a newer one.`,
			);
		}
		return migration;
	});
}

async function fill(sql: Transaction, manifest: Manifest, tables: AsyncIterable<TableData>): Promise<void> {
	const keys = await dropForeignKeys(sql);
	const shapes = await listTables(sql);
	await emptyTables(sql, shapes);
	await silenceTriggers(sql, shapes);
	for await (const { index, data } of tables) {
		const shape = manifest.tables[index];
		if (!shape) throw new BrokenBackup('it has a table that its contents do not name');
		await pipeline(data, await copyIn(sql, shape));
	}
	for (const { name, rows } of manifest.tables) {
		if ((await countRows(sql, name)) !== rows) throw new BrokenBackup(`it doesn't hold all rows of ${name}`);
	}
	for (const sequence of manifest.sequences) await setSequence(sql, sequence);
	await wakeTriggers(sql, shapes);
	await addForeignKeys(sql, keys);
}
