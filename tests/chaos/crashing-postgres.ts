import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { vi } from 'vitest';

import { connect, withDatabase, type Database } from '#server/db/client.ts';
import { EmbeddedPostgres } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';

const patience = { timeout: 60_000, interval: 20 };

/** A Postgres of a test's own that can be crashed, and comes back at the same address by itself. */
export class CrashingPostgres implements AsyncDisposable {
	readonly url: string;
	readonly sql: Database;
	readonly #server: EmbeddedPostgres;
	readonly #dataDir: string;

	private constructor(server: EmbeddedPostgres, dataDir: string) {
		this.#server = server;
		this.#dataDir = dataDir;
		// Not the database that this process owns: the program under test owns one, too.
		this.url = withDatabase(server.url, 'evening');
		this.sql = connect(this.url, { max: 2, applicationName: 'boost-board tests' });
	}

	/** As it is started for the evenings of a laptop, with nothing switched off that makes it durable. */
	static async start(): Promise<CrashingPostgres> {
		const dataDir = await mkdtemp(path.join(tmpdir(), 'boost-postgres-'));
		const server = await EmbeddedPostgres.start({ dataDir });
		const postgres = new CrashingPostgres(server, dataDir);
		await using cluster = { sql: connect(server.url, { max: 1 }), [Symbol.asyncDispose]: () => cluster.sql.end() };
		await cluster.sql`create database evening`;
		await migrate(postgres.sql);
		return postgres;
	}

	/** Kills the postmaster and every process of it. Settles when the next one takes connections. */
	async crash(): Promise<void> {
		const postmaster = this.#pid();
		for (const pid of [postmaster, ...childrenOf(postmaster)]) kill(pid);
		await vi.waitFor(() => {
			if (this.#pid() === postmaster) throw new Error('The next postmaster is not there yet');
		}, patience);
		await this.#answers();
	}

	/** Kills one process that serves a connection; the postmaster then ends all others and recovers. */
	async crashBackend(): Promise<void> {
		const [row] = await this.sql<[{ pid: number }]>`
			select pid from pg_stat_activity
			where datname = 'evening' and application_name = 'boost-board' order by backend_start limit 1`;
		kill(row.pid);
		await this.#answers();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.sql.end({ timeout: 1 });
		await this.#server.stop();
		await rm(this.#dataDir, { recursive: true, force: true });
	}

	#pid(): number {
		const { serverPid } = this.#server;
		if (serverPid === undefined) throw new Error('No server is running');
		return serverPid;
	}

	async #answers(): Promise<void> {
		await vi.waitFor(() => this.sql`select 1`, patience);
	}
}

function childrenOf(parent: number): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
	try {
		return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]);
	} catch {
		// It has ended since the folder was read.
		return undefined;
	}
}

function kill(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It went with the others.
	}
}
