import { setTimeout as delay } from 'node:timers/promises';

import { connect, type Database } from './client.ts';

/**
 * One process per database: whoever runs the live workshops keeps a session-level advisory lock for life. Postgres
 * frees it the moment the process is gone, however it went. The lock is asked for again every second: in the same
 * session that costs nothing, and after a broken connection it either comes back or turns out to be somebody else's.
 */
export type Ownership = { release(): Promise<void> };

/** Advisory locks with one key of 64 bits show in `pg_locks` as two halves. */
const ownershipLock = { high: 0x0b0a_57b0, low: 0x0a2d_0001 };

const checkEveryMs = 1_000;
/** How long a process that is just ending may still have the database. */
const waitMs = 2_000;
const retryMs = 100;

/** A server elsewhere should notice within half a minute that our machine is gone. */
const keepAlive = { tcp_keepalives_idle: '10', tcp_keepalives_interval: '5', tcp_keepalives_count: '3' };

/**
 * Takes the database for this process.
 * @param onLost called once, if another process has taken the database after our connection broke
 * @returns nothing if another process has it
 */
export async function takeOwnership(url: string, onLost: () => void): Promise<Ownership | undefined> {
	const database = connect(url, { max: 1, applicationName: 'boost-board owner', settings: keepAlive });
	const deadline = Date.now() + waitMs;
	while (!(await tryLock(database))) {
		if (Date.now() > deadline) {
			await database.end({ timeout: 1 });
			return undefined;
		}
		await delay(retryMs);
	}
	const released = new AbortController();
	const watching = watch(database, released.signal, onLost);
	return {
		async release() {
			released.abort();
			await watching;
			await database.end({ timeout: 1 });
		},
	};
}

/** Whether some process has the database. */
export async function isOwned(url: string): Promise<boolean> {
	const database = connect(url, { max: 1, applicationName: 'boost-board start' });
	try {
		const [row] = await database<[{ owned: boolean }]>`
			select exists (
				select from pg_locks
				where locktype = 'advisory' and granted and objsubid = 1
					and database = (select oid from pg_database where datname = current_database())
					and classid = ${ownershipLock.high} and objid = ${ownershipLock.low}
			) as owned
		`;
		return row.owned;
	} finally {
		await database.end({ timeout: 1 });
	}
}

async function tryLock(database: Database): Promise<boolean> {
	const [row] = await database<[{ locked: boolean }]>`
		select pg_try_advisory_lock((${ownershipLock.high}::bigint << 32) | ${ownershipLock.low}::bigint) as locked
	`;
	return row.locked;
}

async function watch(database: Database, released: AbortSignal, onLost: () => void): Promise<void> {
	while (!released.aborted) {
		try {
			await delay(checkEveryMs, undefined, { signal: released, ref: false });
			if (!(await tryLock(database))) {
				onLost();
				return;
			}
		} catch {
			// Released, or the server can't be reached just now: then nobody else can take the database either.
			continue;
		}
	}
}
