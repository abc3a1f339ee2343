import { afterAll, beforeAll, expect, test } from 'vitest';

import { connect, type Database } from '#server/db/client.ts';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';

let database: TestDatabase;
let pool: Database;
beforeAll(async () => {
	database = await createTestDatabase();
	// One connection, so that the one that was lost is the one that must come back.
	pool = connect(database.url, { max: 1, applicationName: 'to be cut' });
});
afterAll(async () => {
	await pool.end({ timeout: 1 });
	await database[Symbol.asyncDispose]();
});

async function cut(): Promise<void> {
	await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to be cut'`;
}

test('a connection that is lost while its transaction does something else is refused, and comes back', async () => {
	const faults: unknown[] = [];
	const note = (fault: unknown) => faults.push(fault);
	process.on('uncaughtException', note);
	for (let round = 0; round < 5; round += 1) {
		const { promise: lost, resolve: noticed } = Promise.withResolvers<unknown>();
		const transaction = pool.begin(async (sql) => {
			await sql`select 1`;
			await cut();
			await lost;
			// The connection is gone by now: neither this nor the rollback after it may go anywhere.
			await sql`select 2`;
		});
		transaction.catch(noticed);
		await expect(transaction).rejects.toMatchObject({ code: expect.stringMatching(/^CONNECTION_|^57P01/) as unknown });
		const [row] = await pool<[{ three: number }]>`select 3 as three`;
		expect(row.three).toBe(3);
	}
	process.off('uncaughtException', note);
	expect(faults).toEqual([]);
});
