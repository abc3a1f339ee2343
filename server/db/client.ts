import type { default as Postgres } from 'postgres';

import { postgres } from './postgres-driver.ts';

/**
 * How the program talks to Postgres.
 *
 * - `Sql` runs statements: the pool and an open transaction both are one. Queries take it as their first parameter.
 * - `Database` is the pool; services open transactions with `database.begin(async (sql) => …)`.
 *
 * Values: `bigint` (and with it `count(*)`) arrives as a number, `date` as `'2024-06-06'`, `timestamptz` as a `Date`.
 */
export type Sql = Postgres.ISql<ValueTypes>;
export type Database = Postgres.Sql<ValueTypes>;
export type Transaction = Postgres.TransactionSql<ValueTypes>;
export type DatabaseError = Postgres.PostgresError;

type ValueTypes = { bigint: number; calendarDate: string };

export type ConnectOptions = {
	/** Largest number of connections of this pool. */
	max?: number;
	/** Seen in `pg_stat_activity`. */
	applicationName?: string;
	/** Settings of Postgres for these connections. */
	settings?: Readonly<Record<string, string>>;
};

/** @throws RangeError if the number is too large for exact arithmetic in JavaScript */
function parseBigint(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError(`The number ${text} is too large.`);
	return value;
}

/**
 * A pool on the database that `url` names. Besides the usual form, libpq's `?host=/folder` names the folder of a unix
 * socket, as in `postgres://postgres@localhost/boost_board?host=/srv/board/data/run`. Nothing is connected yet.
 */
export function connect(url: string, options: ConnectOptions = {}): Database {
	const { address, socketPath } = splitSocket(url);
	return postgres(address, {
		...(socketPath === undefined ? {} : { path: socketPath }),
		max: options.max ?? 10,
		connect_timeout: 10,
		// A restarted server should be found again within a second.
		backoff: (attempt: number) => Math.min(1, 0.05 * 2 ** attempt),
		connection: {
			application_name: options.applicationName ?? 'boost-board',
			TimeZone: 'UTC',
			...options.settings,
		},
		onnotice: () => undefined,
		types: {
			bigint: { to: 20, from: [20], serialize: String, parse: parseBigint },
			calendarDate: { to: 1082, from: [1082], serialize: String, parse: (text: string) => text },
		},
	});
}

/** @param url address of a database, with a unix socket or without */
export function splitSocket(url: string): { address: string; socketPath?: string } {
	const parsed = new URL(url);
	const folder = parsed.searchParams.get('host');
	if (!folder?.startsWith('/')) return { address: url };
	parsed.searchParams.delete('host');
	return { address: parsed.href, socketPath: `${folder}/.s.PGSQL.${parsed.port || '5432'}` };
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
	const parsed = new URL(url);
	parsed.pathname = `/${name}`;
	return parsed.href;
}

export function isDatabaseError(error: unknown): error is DatabaseError {
	return error instanceof postgres.PostgresError;
}
