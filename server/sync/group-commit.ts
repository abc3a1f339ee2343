import type { Database, Sql } from '#server/db/client.ts';
import type { Logger } from '#server/logger.ts';

import { isTransientFailure } from '#server/db/transient-failure.ts';

/** Something whose changes gather until the next commit. */
export type CommitSource<Entry> = {
	/** What is to be written now; nothing more may change it until the outcome is told. `null`: nothing after all. */
	collect(): Entry | null;
	committed(entry: Entry): void;
	/** The entry can't be written, for a reason that repetition doesn't heal. */
	failed(entry: Entry, error: unknown): void;
};

export type GroupCommitOptions<Entry> = {
	readonly database: Database;
	readonly logger: Logger;
	/** Writes all entries; must give the same result when run again after an attempt of unknown outcome. */
	readonly write: (sql: Sql, entries: readonly Entry[]) => Promise<void>;
	readonly everyMs?: number;
};

type Collected<Entry> = { readonly source: CommitSource<Entry>; readonly entry: Entry };

const firstRetryMs = 100;
const longestRetryMs = 2_000;

/**
 * One transaction at a time for all sources that have something to save, at most one every `everyMs`.
 *
 * While the database is away the same batch is tried again, with growing pauses, and everything else waits behind it. If a
 * batch fails for another reason, its entries are tried one by one, so that only the culprit is told `failed`.
 */
export class GroupCommit<Entry> {
	readonly #options: GroupCommitOptions<Entry>;
	readonly #waiting = new Set<CommitSource<Entry>>();
	#running: Promise<void> | null = null;
	#stopped = false;
	#away = false;

	constructor(options: GroupCommitOptions<Entry>) {
		this.#options = options;
	}

	/** Whether the last attempt failed because the database can't be reached. */
	get databaseAway(): boolean {
		return this.#away;
	}

	request(source: CommitSource<Entry>): void {
		if (this.#stopped) return;
		this.#waiting.add(source);
		this.#running ??= this.#run();
	}

	/** Commits what was requested, for at most `patienceMs`; afterwards nothing is written any more. */
	async stop(patienceMs: number): Promise<void> {
		const patience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs).unref());
		await Promise.race([this.#running ?? Promise.resolve(), patience]);
		this.#stopped = true;
	}

	async #run(): Promise<void> {
		while (this.#waiting.size > 0 && !this.#stopped) {
			await pause(this.#options.everyMs ?? 15);
			const batch = this.#collect();
			if (batch.length > 0) await this.#commit(batch);
		}
		this.#running = null;
	}

	#collect(): Collected<Entry>[] {
		const sources = [...this.#waiting];
		this.#waiting.clear();
		return sources.flatMap((source) => {
			const entry = this.#shielded(() => source.collect());
			return entry === null ? [] : [{ source, entry }];
		});
	}

	async #commit(batch: readonly Collected<Entry>[]): Promise<void> {
		const error = await this.#attempt(batch);
		if (error === null) {
			for (const { source, entry } of batch) this.#shielded(() => source.committed(entry));
			return;
		}
		const [first] = batch;
		if (batch.length > 1) for (const single of batch) await this.#commit([single]);
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
	async #attempt(batch: readonly Collected<Entry>[]): Promise<{ readonly cause: unknown } | null> {
		const entries = batch.map(({ entry }) => entry);
		for (let retryMs = firstRetryMs; ; retryMs = Math.min(retryMs * 2, longestRetryMs)) {
			try {
				await this.#options.database.begin((sql) => this.#options.write(sql, entries));
				this.#away = false;
				return null;
			} catch (cause) {
				if (!isTransientFailure(cause) || this.#stopped) return { cause };
				if (!this.#away) this.#options.logger.warn({ err: cause }, 'texts wait to be saved: the database is away');
				this.#away = true;
				await pause(retryMs * (0.5 + Math.random() / 2));
			}
		}
	}
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
