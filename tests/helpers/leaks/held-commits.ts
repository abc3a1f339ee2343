import { vi } from 'vitest';

import { connect, type Database } from '#server/db/client.ts';

import { patience } from './cast.ts';

export type HeldCommits = {
	/** Settles when a transaction has said everything and waits to be committed. */
	untilSomethingWaits(): Promise<void>;
	letGo(): Promise<void>;
};

const lock = 4711;

/** Keeps transactions that add rows to this table from being committed, when all their statements are through. */
export async function holdCommits(sql: Database, databaseUrl: string, table: string): Promise<HeldCommits> {
	const holder = connect(databaseUrl, { max: 1, applicationName: 'holds commits' });
	await holder`select pg_advisory_lock(${lock})`;
	const trigger = await atCommit(sql, table, `perform pg_advisory_xact_lock_shared(${lock})`);
	return {
		async untilSomethingWaits() {
			await vi.waitFor(async () => {
				const waiting = await holder`select from pg_locks where locktype = 'advisory' and not granted`;
				if (waiting.length === 0) throw new Error(`Nobody adds to ${table}`);
			}, patience);
		},
		async letGo() {
			await holder`select pg_advisory_unlock(${lock})`;
			await holder.end();
			await trigger[Symbol.asyncDispose]();
		},
	};
}

/** Lets every transaction fail that adds an idea with this word, and not before its commit. Undone at the end of the scope. */
export function refuseCommits(sql: Database, word: string): Promise<AsyncDisposable> {
	return atCommit(sql, 'idea', `if new.text like '%${word}%' then raise exception 'refused at the commit'; end if`);
}

/** Has Postgres do something at the commit of each transaction that adds a row to a table. */
async function atCommit(sql: Database, table: string, statement: string): Promise<AsyncDisposable> {
	await sql.unsafe(`
		create function at_commit() returns trigger language plpgsql as $$ begin ${statement}; return null; end $$;
		create constraint trigger at_commit after insert on ${table}
			deferrable initially deferred for each row execute function at_commit();`);
	return {
		async [Symbol.asyncDispose]() {
			await sql`drop function at_commit() cascade`;
		},
	};
}
