import { randomUUID } from 'node:crypto';

import type { AccountId, EditionId, StepId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import { createSessions } from '#server/accounts/sessions.ts';
import type { Database } from '#server/db/client.ts';
import type { SessionKind } from '#server/identity.ts';
import { selectSteps } from '#server/workshops/step-queries.ts';
import { selectTables } from '#server/workshops/table-queries.ts';
import { addChallenge, addTable, addWorkshop, goLive, joinCodeOf } from '#server/workshops/workshop-setup-service.ts';

import { acts } from './acts.ts';

/** The workshop that is measured, and the cookies of those who run and show it. */
export type SeededEvening = {
	readonly workshopId: WorkshopId;
	readonly code: string;
	readonly tables: readonly { readonly id: TableId; readonly boardId: string }[];
	/** In the order of {@link acts}. */
	readonly steps: readonly StepId[];
	readonly hostCookie: string;
	readonly screenCookies: readonly string[];
};

const screens = 2;
/** Seats that stay free at each table, so that newcomers find one at once. */
const spareSeats = 2;
const minute = 60_000;

/** Prepares an evening with so many tables in a migrated database, and opens it. */
export async function seedEvening(
	sql: Database,
	{ participants, tables }: { participants: number; tables: number },
): Promise<SeededEvening> {
	const key = randomUUID().slice(0, 8);
	const accountId = await idOf<AccountId>(sql`
		insert into account (email, name) values (${`${key}@example.org`}, 'Claire Facilitator') returning id`);
	const programmeId = await idOf(sql`
		insert into programme (slug, name) values (${`boost-${key}`}, ${sql.json({ en: 'Boost Lokal' })}) returning id`);
	await sql`
		insert into programme_member (programme_id, account_id, role) values (${programmeId}, ${accountId}, 'facilitator')`;
	const editionId = await idOf<EditionId>(sql`
		insert into edition (programme_id, slug, title) values (${programmeId}, ${`west-${key}`}, ${sql.json({ en: 'West' })})
		returning id`);
	const workshopId = await sql.begin(async (tx) => {
		const steps = acts.map(({ name, kind, rules }) => ({
			...{ kind, rules, title: { en: name }, prompt: { en: `What about ${name}?` } },
			durationMs: 10 * minute,
		}));
		const id = await addWorkshop(tx, { editionId, title: { en: 'A large evening' }, steps }, new Date());
		const capacity = Math.ceil(participants / Math.max(1, tables)) + spareSeats;
		for (let number = 1; number <= tables; number += 1) {
			const question = { en: `How can we improve place ${String(number)}?` };
			const challengeId = await addChallenge(tx, editionId, question, null);
			await addTable(tx, id, { name: `Table ${String(number)}`, challengeId, capacity, atHome: false });
		}
		await goLive(tx, id, new Date());
		return id;
	});
	return {
		workshopId,
		code: await joinCodeOf(sql, workshopId),
		tables: await selectTables(sql, workshopId),
		steps: (await selectSteps(sql, workshopId)).map(({ id }) => id),
		hostCookie: await cookieOf(sql, 'account', accountId),
		screenCookies: await seedScreens(sql, workshopId),
	};
}

async function seedScreens(sql: Database, workshopId: WorkshopId): Promise<string[]> {
	const rows = await sql<{ id: string }[]>`
		insert into device (workshop_id, kind, name)
		select ${workshopId}, 'screen', 'Screen ' || number from generate_series(1, ${screens}::integer) as number
		returning id`;
	return Promise.all(rows.map(({ id }) => cookieOf(sql, 'device', id)));
}

async function cookieOf(sql: Database, kind: SessionKind, ownerId: string): Promise<string> {
	const line = await createSessions(sql).begin(kind, ownerId, { cookieHeader: undefined, secure: false });
	return line.split(';', 1)[0] ?? '';
}

async function idOf<Id extends string = string>(query: PromiseLike<readonly unknown[]>): Promise<Id> {
	const [row] = (await query) as readonly { id: Id }[];
	if (row === undefined) throw new Error('The row was not made');
	return row.id;
}
