import { vi } from 'vitest';

import { connect, type Database } from '#server/db/client.ts';

import { patience } from './cast.ts';

export type HeldCommits = AsyncDisposable & {
	/** Settles when a transaction has said everything and waits to be committed. */
	untilSomethingWaits(): Promise<void>;
	letGo(): Promise<void>;
};

/** A lock for each table whose commits may be held. */
const locks = { idea: 4711, participant: 4712, text_update: 4713 } as const;
type HeldTable = keyof typeof locks;

/** Keeps transactions that add or change rows of this table from being committed, when all their statements are through. */
export async function holdCommits(sql: Database, databaseUrl: string, table: HeldTable): Promise<HeldCommits> {
	const lock = locks[table];
	const holder = connect(databaseUrl, { max: 1, applicationName: 'holds commits' });
	await holder`select pg_advisory_lock(${lock})`;
	const trigger = await atCommit(sql, table, `perform pg_advisory_xact_lock_shared(${lock})`);
	return {
		async untilSomethingWaits() {
			await vi.waitFor(async () => {
				const waiting =
					await holder`select from pg_locks where locktype = 'advisory' and not granted and objid = ${lock}`;
				if (waiting.length === 0) throw new Error(`Nobody changes ${table}`);
			}, patience);
		},
		async letGo() {
			await holder`select pg_advisory_unlock(${lock})`;
		},
		// Takes the table for itself, so not while other transactions are held.
		async [Symbol.asyncDispose]() {
			await holder.end();
			await trigger[Symbol.asyncDispose]();
		},
	};
}

/** Lets every transaction fail that adds an idea with this word, and not before its commit. Undone at the end of the scope. */
export function refuseCommits(sql: Database, word: string): Promise<AsyncDisposable> {
	return atCommit(sql, 'idea', `if new.text like '%${word}%' then raise exception 'refused at the commit'; end if`);
}

/** Has Postgres do something at the commit of each transaction that adds or changes a row of a table. */
async function atCommit(sql: Database, table: HeldTable, statement: string): Promise<AsyncDisposable> {
	const name = `at_commit_of_${table}`;
	await sql.unsafe(`
		create function ${name}() returns trigger language plpgsql as $$ begin ${statement}; return null; end $$;
		create constraint trigger ${name} after insert or update on ${table}
			deferrable initially deferred for each row execute function ${name}();`);
	return {
		async [Symbol.asyncDispose]() {
			await sql`drop function ${sql(name)} cascade`;
		},
	};
}
