import type { Sql } from './client.ts';

/** Resolves if the database answers. */
export async function pingDatabase(sql: Sql): Promise<void> {
	await sql`select 1`;
}
