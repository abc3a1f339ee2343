import { createSessions } from '#server/accounts/sessions.ts';
import type { Database } from '#server/db/client.ts';

import { seedWorkshop, type SeededWorkshop } from '../../helpers/seeded-workshop.ts';

export type BenchWorkshop = SeededWorkshop & {
	/** Each the session of a participant of its own, at the first table. */
	readonly cookies: readonly string[];
};

/**
 * A workshop in which everybody sits at the first table, and the step lets them write everything: ideas, their places and the
 * sheet. People and sessions are made in the database, since what is measured begins with their connections.
 */
export async function seedBenchWorkshop(database: Database, people: number): Promise<BenchWorkshop> {
	const workshop = await seedWorkshop(database, { step: 'collect' });
	const rules = { add: true, edit: true, arrange: 'table', sheet: true };
	await database`update step set rules = rules || ${database.json(rules)} where id = ${workshop.steps.collect}`;
	const [table] = workshop.tables;
	const cookies = await database.begin(async (sql) => {
		const guests = await sql<{ id: string }[]>`
			with newcomer as (insert into guest select from generate_series(1, ${people}::integer) returning id)
			insert into participant (workshop_id, guest_id, language, table_id)
			select ${workshop.workshopId}, id, 'de', ${table.id} from newcomer returning guest_id as id`;
		const sessions = createSessions(sql);
		const lines: string[] = [];
		for (const { id } of guests)
			lines.push(await sessions.begin('guest', id, { cookieHeader: undefined, secure: false }));
		return lines.map((line) => line.slice(0, line.indexOf(';')));
	});
	return { ...workshop, cookies };
}
