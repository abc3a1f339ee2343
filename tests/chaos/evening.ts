import { defaultRules } from '#lib/domain/step.ts';
import { createSessions } from '#server/accounts/sessions.ts';
import type { Database } from '#server/db/client.ts';

import { seedIdea, seedWorkshop, type SeededWorkshop } from '../helpers/seeded-workshop.ts';

/** Somebody with a session: what a browser needs to come in as this person. */
export type Guest = { readonly participantId: string; readonly cookie: string };

/** A workshop in whose step everything is allowed at once, and the people at its first table. */
export type Evening = {
	readonly seeded: SeededWorkshop;
	readonly people: readonly Guest[];
	readonly facilitatorCookie: string;
	/** Published ideas of the whole room, to vote on. */
	readonly plenaryIdeas: readonly string[];
};

/** @param peopleCount how many have joined, all at the first table */
export async function seedEvening(sql: Database, peopleCount: number): Promise<Evening> {
	const seeded = await seedWorkshop(sql, { step: 'collect' });
	const rules = { ...defaultRules('group'), vote: true, sheet: 'everybody' };
	await sql`update step set rules = ${sql.json(rules)} where id = ${seeded.steps.collect}`;
	const sessions = createSessions(sql);
	const people = await seedPeople(sql, seeded, peopleCount);
	const plenaryIdeas = [];
	for (const text of ['A bakery', 'A bus at night', 'A repair café'])
		plenaryIdeas.push(await seedIdea(sql, { boardId: seeded.plenaryBoardId, text }));
	const line = await sessions.begin('account', seeded.accountId, { cookieHeader: undefined, secure: false });
	return { seeded, people, plenaryIdeas, facilitatorCookie: pairOf(line) };
}

async function seedPeople(sql: Database, seeded: SeededWorkshop, count: number): Promise<Guest[]> {
	const sessions = createSessions(sql);
	const rows = await sql<{ participantId: string; guestId: string }[]>`
		with newcomer as (insert into guest (created_at) select now() from generate_series(1, ${count}::integer) returning id)
		insert into participant (workshop_id, guest_id, language, table_id)
		select ${seeded.workshopId}, id, 'de', ${seeded.tables[0].id} from newcomer
		returning id as "participantId", guest_id as "guestId"`;
	return Promise.all(
		rows.map(async ({ participantId, guestId }) => {
			const line = await sessions.begin('guest', guestId, { cookieHeader: undefined, secure: false });
			return { participantId, cookie: pairOf(line) };
		}),
	);
}

function pairOf(setCookie: string): string {
	return setCookie.split(';', 1)[0] ?? '';
}

/**
 * Makes what is saved take its time, as on a slow disk: a process that dies then nearly always dies in the middle of saving.
 * `during` says where the time goes: before the commit, which then never happens if the server has gone; or in it, and then
 * Postgres finishes it even if nobody waits any more.
 */
export async function saveSlowly(sql: Database, during: 'writing' | 'committing'): Promise<void> {
	const trigger = (table: string) =>
		during === 'writing'
			? `create trigger slow after insert on ${table} for each statement execute function take_time()`
			: `create constraint trigger slow after insert on ${table} deferrable initially deferred
				for each row execute function take_time()`;
	await sql.unsafe(`
		create function take_time() returns trigger language plpgsql as $$ begin perform pg_sleep(0.02); return null; end $$;
		${trigger('command_log')};
		${trigger('text_update')};
	`);
}
