import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { StartRefusal } from '../start-refusal.ts';
import { connect, withDatabase } from './client.ts';
import { choosePostgresAccount, type PostgresAccount } from './embedded-account.ts';
import { findPostgresBinaries, type PostgresBinaries } from './embedded-binaries.ts';
import { type ClusterFolders, prepareFolders } from './embedded-folders.ts';
import {
	isServerAlive,
	launchPostmaster,
	type Postmaster,
	type PostmasterFile,
	readPostmasterFile,
	signal,
} from './embedded-postmaster.ts';
import { isOwned, type Ownership, takeOwnership } from './ownership.ts';

/**
 * A real Postgres that belongs to this program: started with it from the binaries that npm installed, reached over a
 * unix socket that nobody else may open, started again when it dies, and stopped with us, even when we are killed.
 * One program uses a data folder at a time; a second one is refused.
 */
export type EmbeddedOptions = {
	/** Absolute path of the folder for everything that is kept. */
	dataDir: string;
	/** Name of the database in the cluster; made if it isn't there. */
	database?: string;
	/** Settings for the server, by their names in `postgresql.conf`. */
	settings?: Readonly<Record<string, string>>;
	/** Called when the server has died and is started again. */
	onRestart?: (log: string) => void;
	/** Called when it has died and can't be started again. */
	onFailure?: (error: unknown) => void;
};

const startWithinMs = 60_000;
const pollMs = 20;
/** How long a server that is somebody's may look like it before we give up; it may be just going down. */
const ownedForMs = 2_000;
/** How long a server may run without an owner before it is stopped: its watchdog must have been killed. */
const orphanedForMs = 5_000;

const defaultDatabase = 'boost_board';

function addressOf(database: string, socketFolder: string): string {
	return `postgres://postgres@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
}

export class EmbeddedPostgres {
	readonly url: string;
	readonly #account: PostgresAccount;
	readonly #binaries: PostgresBinaries;
	readonly #folders: ClusterFolders;
	readonly #options: EmbeddedOptions;
	#postmaster: Postmaster | undefined;
	#ownership: Ownership | undefined;
	#stopping = false;

	/** @throws StartRefusal if this machine can't run it, or if another program uses the folder */
	static async start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
		const account = choosePostgresAccount();
		const binaries = findPostgresBinaries(account);
		const folders = prepareFolders(path.resolve(options.dataDir), account, binaries);
		const server = new EmbeddedPostgres(options, account, binaries, folders);
		try {
			await server.#run();
			await server.#ensureDatabase();
			await server.#own();
		} catch (error) {
			await server.stop();
			throw error;
		}
		return server;
	}

	private constructor(
		options: EmbeddedOptions,
		account: PostgresAccount,
		binaries: PostgresBinaries,
		folders: ClusterFolders,
	) {
		this.#options = options;
		this.#account = account;
		this.#binaries = binaries;
		this.#folders = folders;
		this.url = addressOf(options.database ?? defaultDatabase, folders.socket);
	}

	/** The address of the server that another program runs in this folder just now, if there is one. */
	static runningIn(dataDir: string, database = defaultDatabase): string | undefined {
		const cluster = path.join(path.resolve(dataDir), 'pg');
		const file = readPostmasterFile(cluster);
		return file?.ready && isServerAlive(cluster, file) ? addressOf(database, file.socketFolder) : undefined;
	}

	/** The pid of the server process. */
	get serverPid(): number | undefined {
		return this.#postmaster?.serverPid();
	}

	/** Disconnects everybody and stops the server, in `patienceMs` at most. */
	async stop(patienceMs = 3_000): Promise<void> {
		this.#stopping = true;
		await this.#ownership?.release();
		await this.#postmaster?.stop(patienceMs);
		if (path.dirname(this.#folders.socket) !== path.dirname(this.#folders.cluster)) {
			rmSync(this.#folders.socket, { recursive: true, force: true });
		}
	}

	/** Starts the server and settles when it takes connections. */
	async #run(): Promise<void> {
		const deadline = Date.now() + startWithinMs;
		const seen: { ownedSince?: number; orphanedSince?: number } = {};
		for (;;) {
			const file = readPostmasterFile(this.#folders.cluster);
			if (file?.ready && file.pid === this.serverPid) break;
			if (!this.#postmaster || this.#postmaster.ended()) {
				this.#checkFailure();
				if (file && isServerAlive(this.#folders.cluster, file)) await this.#considerOther(file, seen);
				else this.#launch();
			}
			if (Date.now() > deadline) throw this.#failure();
			await delay(pollMs);
		}
		const running = this.#postmaster;
		void running?.whenEnded.then(() => this.#recover(running));
	}

	#launch(): void {
		this.#postmaster = launchPostmaster(this.#account, this.#binaries, this.#folders, this.#options.settings ?? {});
	}

	/** While a previous server of this folder is going down, a start fails and is tried again; otherwise it is a fault. */
	#checkFailure(): void {
		const log = this.#postmaster?.log();
		if (log !== undefined && !/postmaster\.pid|shared memory/.test(log)) throw this.#failure();
	}

	#failure(): Error {
		return new Error(`Postgres did not start: ${this.#postmaster?.log() ?? 'another server is using its folder.'}`);
	}

	/** There is a server in our folder that isn't ours: another program's, or one that is about to end. */
	async #considerOther(file: PostmasterFile, seen: { ownedSince?: number; orphanedSince?: number }): Promise<void> {
		const owned = await this.#isOwned(file);
		if (owned === undefined) return;
		if (!owned) {
			seen.orphanedSince ??= Date.now();
			if (Date.now() - seen.orphanedSince > orphanedForMs) signal(file.pid, 'SIGINT');
			return;
		}
		seen.ownedSince ??= Date.now();
		if (Date.now() - seen.ownedSince > ownedForMs) {
			throw new StartRefusal(this.#refusal());
		}
	}

	/** Whether a program owns that server's database; nothing if it can't be asked. */
	async #isOwned(file: PostmasterFile): Promise<boolean | undefined> {
		if (!file.ready || !existsSync(path.join(file.socketFolder, '.s.PGSQL.5432'))) return undefined;
		const url = new URL(this.url);
		url.searchParams.set('host', file.socketFolder);
		try {
			return await isOwned(url.href);
		} catch {
			// It is going down, or has no database yet because its owner has only begun.
			return undefined;
		}
	}

	/** The server has ended: unless we stopped it, it is started again. */
	async #recover(ended: Postmaster): Promise<void> {
		if (this.#stopping) return;
		this.#options.onRestart?.(ended.log());
		// If only the watchdog was killed, the server still runs, and nobody would stop it.
		signal(ended.serverPid(), 'SIGINT');
		this.#postmaster = undefined;
		try {
			await this.#run();
		} catch (error) {
			this.#options.onFailure?.(error);
		}
	}

	async #own(): Promise<void> {
		const lost = new Error(`Another program has taken the data in ${this.#options.dataDir}.`);
		this.#ownership = await takeOwnership(this.url, () => this.#options.onFailure?.(lost));
		if (!this.#ownership) throw new StartRefusal(this.#refusal());
	}

	#refusal(): string {
		return `Another Boost Board is running with the data in ${this.#options.dataDir}. Stop it first, or set DATA_DIR to another folder (and PORT to another number).`;
	}

	async #ensureDatabase(): Promise<void> {
		const name = new URL(this.url).pathname.slice(1);
		const cluster = connect(withDatabase(this.url, 'postgres'), { max: 1 });
		try {
			const [existing] = await cluster`select from pg_database where datname = ${name}`;
			if (!existing) await cluster`create database ${cluster(name)}`;
		} finally {
			await cluster.end({ timeout: 1 });
		}
	}
}
