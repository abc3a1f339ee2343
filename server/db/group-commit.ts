import { setImmediate as endOfTurn, setTimeout as pause } from 'node:timers/promises';

import type { Logger } from '#server/logger.ts';

import type { Database, Sql, Transaction } from './client.ts';
import { isTransientFailure } from './transient-failure.ts';

/**
 * One kind of thing that is saved. Entries of one kind are written together.
 *
 * `write` must give the same rows when it is run again after an attempt of unknown outcome: from the second attempt on
 * (`attempt` > 0) the rows may be there already.
 */
export type CommitLane<Entry> = {
	write(tx: Transaction, entries: readonly Entry[], attempt: number): Promise<void>;
	/** An entry that takes its time is written beside the others, in a transaction of its own. */
	isAlone?(entry: Entry): boolean;
};

/** Something whose changes gather until the next commit. */
export type CommitSource<Entry> = {
	readonly lane: CommitLane<Entry>;
	/** What is to be written now; nothing more may change it until the outcome is told. `null`: nothing after all. */
	collect(): Entry | null;
	/** It is in Postgres. */
	committed(entry: Entry): void;
	/** It can't be written: for a reason that repetition doesn't heal, or because the server stops. */
	failed(entry: Entry, error: unknown): void;
};

export type GroupCommitOptions = {
	readonly database: Database;
	readonly logger: Logger;
	/** From the beginning of one commit to that of the next, at least. */
	readonly everyMs?: number;
	readonly storageChanged?: (storage: StorageState) => void;
};

/**
 * Whether what people write is being saved: `late` when the database has been away for a moment, `full` when so much waits that
 * nothing more is taken until half of it is written.
 */
export type StorageState = 'ok' | 'late' | 'full';

type Collected<Entry> = { readonly source: CommitSource<Entry>; readonly entry: Entry };
/** Each pair was made of one source and its own entry, which the list can't express. */
type AnyCollected = Collected<unknown>;
type AnySource = CommitSource<unknown>;

/** Advisory locks that this program takes in the database: those of commits. */
const commitLock = 0x626f_6172;
/** The one that commits of many sources take; one that is written alone has its own. */
const sharedLock = 0;

const askAgainMs = 50;

const usualEveryMs = 20;
const firstRetryMs = 100;
const longestRetryMs = 2_000;
/** A connection that broke and is there again at once is nothing to tell people. */
const lateAfterAttempts = 3;
/** What may wait to be saved, over everything. */
const longestBacklogBytes = 64 * 1024 * 1024;

/**
 * Saves for everybody: at each tick the commands of all workshops and the texts of all documents become one transaction.
 * Acknowledgements and broadcasts follow it. After a pause the first commit begins at once; what comes while one is under
 * way shares the next.
 *
 * While the database is away the same transaction is tried again, with growing pauses, and everything else waits behind it.
 * If it fails for another reason, its entries are tried one by one, so that only the culprit is told `failed`.
 */
export class GroupCommit {
	readonly #options: GroupCommitOptions;
	readonly #waiting = new Set<AnySource>();
	readonly #alone = new Set<Promise<void>>();
	#running: Promise<void> | null = null;
	#beganAt = Number.NEGATIVE_INFINITY;
	#lastLock = sharedLock;
	#stopped = false;
	/** The last attempt failed because the database can't be reached. */
	#away = false;
	#backlogBytes = 0;
	#full = false;
	#storage: StorageState = 'ok';
	#late = false;

	constructor(options: GroupCommitOptions) {
		this.#options = options;
	}

	get storage(): StorageState {
		return this.#storage;
	}

	/** Takes so much into the backlog, or says that it is full. What was taken is to be released when it was written or given up. */
	takeBacklog(bytes: number): boolean {
		this.#full ||= this.#backlogBytes + bytes > longestBacklogBytes;
		if (!this.#full) this.#backlogBytes += bytes;
		this.#tellStorage();
		return !this.#full;
	}

	releaseBacklog(bytes: number): void {
		this.#backlogBytes -= bytes;
		if (this.#backlogBytes <= longestBacklogBytes / 2) this.#full = false;
		this.#tellStorage();
	}

	/** Asks for a place in the next commit. After {@link stop} the source is told at once that it failed. */
	request<Entry>(source: CommitSource<Entry>): void {
		this.#waiting.add(source);
		this.#running ??= this.#run();
	}

	/** Resolves when nothing is waiting to be written, at the latest after `patienceMs`. */
	async settled(patienceMs: number): Promise<void> {
		const giveUp = new AbortController();
		const patience = pause(patienceMs, undefined, { signal: giveUp.signal, ref: false }).catch(() => undefined);
		await Promise.race([this.#whenIdle(), patience]);
		giveUp.abort();
	}

	/** Commits what was requested, for at most `patienceMs`; afterwards nothing is written any more. */
	async stop(patienceMs: number): Promise<void> {
		await this.settled(patienceMs);
		this.#stopped = true;
	}

	async #whenIdle(): Promise<void> {
		while (this.#running !== null || this.#alone.size > 0) await Promise.all([this.#running, ...this.#alone]);
	}

	async #run(): Promise<void> {
		while (this.#waiting.size > 0) {
			await this.#nextTick();
			this.#beganAt = performance.now();
			const together: AnyCollected[] = [];
			for (const collected of this.#collect()) {
				if (collected.source.lane.isAlone?.(collected.entry) === true) this.#commitAlone(collected);
				else together.push(collected);
			}
			if (together.length > 0) await this.#commit(together, sharedLock);
		}
		this.#running = null;
	}

	/** At least the end of this turn of the event loop, since everything that is read in it may share the commit. */
	async #nextTick(): Promise<void> {
		const waitMs = this.#beganAt + (this.#options.everyMs ?? usualEveryMs) - performance.now();
		if (waitMs >= 1) await pause(waitMs);
		else await endOfTurn();
	}

	#collect(): AnyCollected[] {
		const sources = [...this.#waiting];
		this.#waiting.clear();
		return sources.flatMap((source) => {
			const entry = this.#shielded(() => source.collect());
			return entry === null ? [] : [{ source, entry }];
		});
	}

	#commitAlone(collected: AnyCollected): void {
		this.#lastLock += 1;
		const commit = this.#commit([collected], this.#lastLock).finally(() => this.#alone.delete(commit));
		this.#alone.add(commit);
	}

	async #commit(batch: readonly AnyCollected[], lock: number, firstAttempt = 0): Promise<void> {
		const error = await this.#attempt(batch, lock, firstAttempt);
		if (error === null) {
			for (const { source, entry } of batch) this.#shielded(() => source.committed(entry));
			return;
		}
		const [first] = batch;
		if (batch.length > 1) for (const single of batch) await this.#commit([single], lock, 1);
		else if (first !== undefined) this.#shielded(() => first.source.failed(first.entry, error.cause));
	}

	/** A source that throws must not keep the others from being saved. */
	#shielded<Result>(call: () => Result): Result | null {
		try {
			return call();
		} catch (error) {
			this.#options.logger.error({ err: error }, 'a source of the group commit failed');
			return null;
		}
	}

	/** Tries until it is written or known to be impossible. */
	async #attempt(
		batch: readonly AnyCollected[],
		lock: number,
		firstAttempt: number,
	): Promise<{ readonly cause: unknown } | null> {
		const lanes = Map.groupBy(batch, ({ source }) => source.lane);
		for (
			let attempt = firstAttempt, retryMs = firstRetryMs;
			;
			attempt += 1, retryMs = Math.min(retryMs * 2, longestRetryMs)
		) {
			if (this.#stopped) return { cause: new Error('the server stops') };
			try {
				await this.#options.database.begin((tx) =>
					Promise.all([
						// An attempt whose answer was lost may still be under way in Postgres: the next one waits for its end.
						tx`select pg_advisory_xact_lock(${commitLock}::int, ${lock}::int)`,
						...[...lanes].map(([lane, members]) =>
							lane.write(
								tx,
								members.map(({ entry }) => entry),
								attempt,
							),
						),
					]),
				);
				this.#away = false;
				this.#late = false;
				this.#tellStorage();
				return null;
			} catch (cause) {
				if (!isTransientFailure(cause)) return { cause };
				if (!this.#away) this.#options.logger.warn({ err: cause }, 'the database is away; what waits is kept');
				this.#away = true;
				this.#late = attempt + 1 >= lateAfterAttempts;
				this.#tellStorage();
				await pause(retryMs * (0.5 + Math.random() / 2));
			}
		}
	}

	#tellStorage(): void {
		const storage = this.#full ? 'full' : this.#late ? 'late' : 'ok';
		if (this.#storage === storage) return;
		this.#storage = storage;
		this.#options.storageChanged?.(storage);
	}
}

/**
 * Resolves when no commit of a process that is gone is under way in Postgres any more: until then the rows are not what the next
 * process may build on.
 */
export async function earlierCommitsEnded(sql: Sql): Promise<void> {
	for (;;) {
		const [row] = await sql<{ underWay: boolean }[]>`
			select exists(
				select from pg_locks l join pg_database d on d.oid = l.database
				where l.locktype = 'advisory' and l.objsubid = 2 and l.classid = ${commitLock}::int::oid
					and d.datname = current_database()
			) as "underWay"`;
		if (row?.underWay !== true) return;
		await pause(askAgainMs);
	}
}
