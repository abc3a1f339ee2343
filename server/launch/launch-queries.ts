import { type Sql } from '../db/client.ts';

/** Whether nobody has set up anything yet. */
export async function isNewDatabase(sql: Sql): Promise<boolean> {
	const [row] = await sql<[{ isNew: boolean }]>`select not exists (select from programme) as "isNew"`;
	return row.isNew;
}

/** The code of the evening that people can join just now; of several, the one that starts last. */
export async function findOpenCode(sql: Sql): Promise<string | undefined> {
	const [row] = await sql<{ code: string }[]>`
		select code from workshop
		where phase = 'live' and door_open
		order by starts_at desc nulls last, created_at desc
		limit 1
	`;
	return row?.code;
}
