import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

import { connect, type Database, withDatabase } from '#server/db/client.ts';

export type TestDatabase = AsyncDisposable & {
	sql: Database;
	/** For processes that connect by themselves; works as `DATABASE_URL`. */
	url: string;
};

/**
 * A migrated database of its own, gone at the end of the test:
 * `await using database = await createTestDatabase()`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
	const { url: serverUrl, template } = inject('databaseServer');
	const name = `boost_test_${randomBytes(6).toString('hex')}`;
	const server = connect(serverUrl, { max: 1 });
	await server`create database ${server(name)} template ${server(template)}`;
	const url = withDatabase(serverUrl, name);
	const sql = connect(url, { max: 5, applicationName: 'boost-board tests' });
	return {
		sql,
		url,
		async [Symbol.asyncDispose]() {
			await sql.end({ timeout: 1 });
			// A process under test may still be connected.
			await server`
				select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()
			`;
			await server`drop database if exists ${server(name)}`;
			await server.end({ timeout: 1 });
		},
	};
}
