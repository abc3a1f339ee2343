import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import * as z from 'zod';

import { type PostgresAccount, spawnAs } from './embedded-account.ts';
import { type PostgresBinaries } from './embedded-binaries.ts';
import { type ClusterFolders } from './embedded-folders.ts';

/**
 * One run of the server process. A shell stands between us and it: when our end of its input closes, however we died,
 * it asks the server to stop, so that none is left behind holding the folder. The shell is detached, so that Ctrl-C
 * reaches only us and we can finish what is being saved before the server goes.
 */
const watchdog = `
	exec 3<&0
	"$@" 3<&- >/dev/null & server=$!
	echo $server
	(while read -r _ <&3; do :; done; kill -INT $server) >/dev/null & watch=$!
	wait $server; status=$?
	kill $watch
	exit $status
`;

export type Postmaster = {
	/** The pid of the server, once the shell has told it. */
	serverPid(): number | undefined;
	/** The last lines it wrote to its log. */
	log(): string;
	/** Whether it has ended. */
	ended(): boolean;
	/** Settles when it has ended. */
	whenEnded: Promise<void>;
	/** Asks it to disconnect everybody and stop; after `patienceMs` it is told to stop without cleaning up. */
	stop(patienceMs: number): Promise<void>;
};

export function launchPostmaster(
	account: PostgresAccount,
	binaries: PostgresBinaries,
	folders: ClusterFolders,
	settings: Readonly<Record<string, string>>,
): Postmaster {
	const options = { listen_addresses: '', unix_socket_permissions: '0700', ...settings };
	const shell = spawn(
		'sh',
		[
			...['-c', watchdog, 'sh', binaries.postgres, '-D', folders.clusterForServer, '-k', folders.socket],
			...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		{ ...spawnAs(account), cwd: folders.cluster, detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
	);
	let log = '';
	let announced = '';
	let ended = false;
	shell.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)));
	shell.stdout.on('data', (chunk: Buffer) => (announced += chunk.toString()));
	// The shell may be gone when its input is closed.
	shell.stdin.on('error', (error) => (log += error.message));
	const whenEnded = new Promise<void>((resolve) => {
		const end = () => {
			ended = true;
			resolve();
		};
		shell.on('exit', end);
		shell.on('error', (error) => {
			log += error.message;
			end();
		});
	});
	letTheProcessEnd(shell);
	const serverPid = () => (announced.includes('\n') ? Number(announced) : undefined);
	return {
		serverPid,
		log: () => log,
		ended: () => ended,
		whenEnded,
		async stop(patienceMs) {
			shell.ref();
			shell.stdin.end();
			const impatience = setTimeout(() => signal(serverPid(), 'SIGQUIT'), patienceMs);
			await whenEnded;
			clearTimeout(impatience);
		},
	};
}

/** A running server is no reason to keep our process alive; neither are its pipes, which are sockets. */
function letTheProcessEnd(shell: ChildProcess): void {
	shell.unref();
	for (const stream of [shell.stdin, shell.stdout, shell.stderr]) {
		if (stream instanceof Socket) stream.unref();
	}
}

/** What a running server writes about itself into its folder. */
export type PostmasterFile = { pid: number; socketFolder: string; ready: boolean };

/** Reads `postmaster.pid`; nothing if no server runs, or if it has only begun to write the file. */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
	const text = readIfPresent(path.join(cluster, 'postmaster.pid'));
	const [pid, , , , socketFolder, , , status] = text?.split('\n') ?? [];
	const parsed = z.coerce.number().int().positive().safeParse(pid);
	if (!parsed.success) return undefined;
	return { pid: parsed.data, socketFolder: socketFolder ?? '', ready: status?.trim() === 'ready' };
}

/**
 * Whether the process of a `postmaster.pid` is a server. After the machine was switched off, another program may have its
 * pid; Postgres would then refuse to start for ever, so such a file is removed.
 */
export function isServerAlive(cluster: string, { pid }: PostmasterFile): boolean {
	if (!signal(pid, 0)) return false;
	const command = readIfPresent(`/proc/${pid}/comm`)?.trim();
	if (command === undefined || command === 'postgres') return true;
	rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
	return false;
}

/** @returns whether there is such a process */
export function signal(pid: number | undefined, name: NodeJS.Signals | 0): boolean {
	if (pid === undefined) return false;
	try {
		return process.kill(pid, name);
	} catch (error) {
		return hasCode(error, 'EPERM');
	}
}

function readIfPresent(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}
