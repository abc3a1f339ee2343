import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chownSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { StartRefusal } from '../start-refusal.ts';
import { canReach, type PostgresAccount, spawnAs } from './embedded-account.ts';
import { type PostgresBinaries } from './embedded-binaries.ts';

/**
 * Where the embedded server keeps its files: the cluster in `DATA_DIR/pg`, its socket beside it.
 *
 * A cluster is initialised under another name and renamed, so that a half-made one never gets the real name. When root
 * starts us below a folder that the account of Postgres can't enter (`/root`, say), the cluster stays where it is: the
 * server is started inside of it and names it by `/proc/self/cwd`, which needs no way through the folders above.
 */
export type ClusterFolders = {
	/** The cluster as this process sees it. */
	cluster: string;
	/** The cluster as the server names it, when it is started with `cluster` as its working folder. */
	clusterForServer: string;
	/** The folder of the unix socket. */
	socket: string;
};

/** The length of a socket's path is limited to 104 bytes on macOS and 108 on Linux; `/.s.PGSQL.5432` takes 15. */
const longestSocketFolder = 85;

/** Where root keeps the sockets of services. */
const systemSockets = '/run';

const workingFolder = '/proc/self/cwd';

/** Makes the folders and, the first time, the cluster. */
export function prepareFolders(dataDir: string, account: PostgresAccount, binaries: PostgresBinaries): ClusterFolders {
	mkdirSync(dataDir, { recursive: true });
	const cluster = path.join(dataDir, 'pg');
	if (!existsSync(path.join(cluster, 'PG_VERSION'))) initialise(cluster, account, binaries);
	checkOwner(cluster);
	const reachable = canReach(account, cluster);
	return {
		cluster,
		clusterForServer: reachable ? cluster : workingFolder,
		socket: socketFolder(dataDir, account, reachable),
	};
}

/** A folder that only the account of Postgres (and root) may enter. */
function ownFolder(folder: string, account: PostgresAccount): string {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	if (account.kind === 'other') chownSync(folder, account.uid, account.gid);
	return folder;
}

function initialise(cluster: string, account: PostgresAccount, binaries: PostgresBinaries): void {
	rmSync(`${cluster}.${process.pid}`, { recursive: true, force: true });
	const unfinished = ownFolder(`${cluster}.${process.pid}`, account);
	const reachable = canReach(account, unfinished);
	if (!reachable && !existsSync(workingFolder)) {
		throw new StartRefusal(
			`The account ${account.kind === 'other' ? account.name : ''} that runs Postgres can't enter ${cluster}. Set DATA_DIR to a folder outside of your home, such as /srv/boost-board.`,
		);
	}
	const result = spawnSync(
		binaries.initdb,
		[
			...['-D', reachable ? unfinished : workingFolder],
			...['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-instructions'],
			...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
		],
		{ ...spawnAs(account), cwd: unfinished, encoding: 'utf8' },
	);
	if (result.status !== 0) {
		rmSync(unfinished, { recursive: true, force: true });
		throw new StartRefusal([
			`Postgres could not make its folder: ${result.error?.message ?? result.stderr.trim()}`,
			'On a system where it does not run (Alpine Linux, say), set DATABASE_URL to a Postgres server.',
		]);
	}
	try {
		renameSync(unfinished, cluster);
	} catch (error) {
		rmSync(unfinished, { recursive: true, force: true });
		if (!existsSync(path.join(cluster, 'PG_VERSION'))) throw error;
	}
}

function checkOwner(cluster: string): void {
	try {
		accessSync(cluster, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch (error) {
		throw new StartRefusal(
			`The data in ${cluster} belongs to another user of this machine. Start as that user (or as root, if root made it), or set DATA_DIR to another folder.`,
			{ cause: error },
		);
	}
}

function socketFolder(dataDir: string, account: PostgresAccount, reachable: boolean): string {
	const beside = path.join(dataDir, 'run');
	if (reachable && Buffer.byteLength(beside) <= longestSocketFolder) return ownFolder(beside, account);
	if (account.kind === 'same' || !existsSync(systemSockets)) {
		return ownFolder(mkdtempSync(path.join(tmpdir(), 'boost-board-')), account);
	}
	// Only root writes there, so the name may be one that is found again after a crash.
	const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
	return ownFolder(path.join(systemSockets, `boost-board-${name}`), account);
}
