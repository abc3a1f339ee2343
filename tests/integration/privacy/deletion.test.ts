import { afterEach, beforeEach, expect, test } from 'vitest';

import type { WorkshopId } from '#lib/domain/ids.ts';
import { privacyNotice } from '#lib/protocol/privacy.ts';
import { createLogger } from '#server/logger.ts';
import { deleteDuePersonalData, type DeletionOptions } from '#server/privacy/deletion-service.ts';
import { privacyRoutes } from '#server/privacy/privacy-routes.ts';
import { callRoute } from '#tests/helpers/call-route.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import { seedIdea, seedWorkshop, type SeededWorkshop } from '#tests/helpers/seeded-workshop.ts';

let database: TestDatabase;
let workshop: SeededWorkshop;
let now: Date;
const exclusively: string[] = [];

beforeEach(async () => {
	database = await createTestDatabase();
	workshop = await seedWorkshop(database.sql);
	now = new Date('2026-12-31T09:00:00Z');
	exclusively.length = 0;
	await database.sql`update workshop set personal_data_until = '2026-12-31'`;
	await addTraces(workshop.workshopId);
});
afterEach(() => database[Symbol.asyncDispose]());

function options(): DeletionOptions {
	return {
		database: database.sql,
		clock: { now: () => now },
		logger: createLogger('silent'),
		exclusively: (workshopId, work) => {
			exclusively.push(workshopId);
			return work();
		},
	};
}

/** Somebody who wrote an idea, was blocked and unblocked, voted, and signed up to a project. */
async function addTraces(workshopId: WorkshopId): Promise<void> {
	const { sql } = database;
	const [guest] = await sql<{ id: string }[]>`
		insert into guest (created_at) values ('2026-06-06') returning id`;
	const [person] = await sql<{ id: string }[]>`
		insert into participant (workshop_id, guest_id, nickname, language, block_reason)
		values (${workshopId}, ${guest?.id ?? ''}, 'Anna Weber', 'de', 'Anna war laut') returning id`;
	const participantId = person?.id ?? '';
	await sql`
		insert into session (id_hash, guest_id, expires_at) values ('abc', ${guest?.id ?? ''}, '2027-06-06')`;
	const idea = await seedIdea(sql, { boardId: workshop.plenaryBoardId, text: 'A village shop', participantId });
	await sql`
		insert into command_log (actor_id, id, workshop_id, name, ack)
		values (${participantId}, gen_random_uuid(), ${workshopId}, 'idea.submit', '{}')`;
	await sql`
		insert into audit_log (workshop_id, actor_kind, actor_id, action, subject_id, detail)
		values (${workshopId}, 'facilitator', ${workshop.accountId}, 'participant.block', ${participantId},
			'{"reason": "Anna war laut"}')`;
	await sql`
		insert into vote_round (id, workshop_id, position, title, rule, state)
		values ('11111111-1111-4111-8111-111111111111', ${workshopId}, 1, 'Which?', '{}', 'closed')`;
	await sql`
		insert into roll (round_id, participant_id, voted)
		values ('11111111-1111-4111-8111-111111111111', ${participantId}, true)`;
	await sql`
		insert into project (id, edition_id, workshop_id, slug, title)
		values ('22222222-2222-4222-8222-222222222222', ${workshop.editionId}, ${workshopId}, 'shop', 'A shop')`;
	await sql`
		insert into project_idea (project_id, idea_id, position, text, board_id, workshop_id)
		values ('22222222-2222-4222-8222-222222222222', ${idea}, 0, 'A village shop', ${workshop.plenaryBoardId},
			${workshopId})`;
	await sql`
		insert into project_member (project_id, involvement, name, email, message, language, consent_at, token_hash)
		values ('22222222-2222-4222-8222-222222222222', 'join', 'Anna Weber', 'anna.weber@example.lu', 'Anna hilft', 'de',
			now(), 'def')`;
}

/** Everything there is in the database, as text. */
async function everything(): Promise<string> {
	const tables = await database.sql<{ name: string }[]>`
		select tablename as name from pg_tables where schemaname = 'public'`;
	const rows = [];
	for (const { name } of tables) rows.push(await database.sql`select * from ${database.sql(name)}`);
	return JSON.stringify(rows);
}

test('on its day, nothing is left that says who somebody was', async () => {
	expect(await everything()).toMatch(/Anna|weber/);
	expect(await deleteDuePersonalData(options())).toEqual([workshop.workshopId]);
	expect(await everything()).not.toMatch(/Anna|weber/i);
	expect(exclusively).toEqual([workshop.workshopId]);
});

test('links to a browser, the log of commands and the session are gone', async () => {
	await deleteDuePersonalData(options());
	const [left] = await database.sql`
		select (select count(*) from guest) as guests, (select count(*) from session) as sessions,
			(select count(*) from command_log) as commands,
			(select count(*) from participant where guest_id is not null) as linked,
			(select count(*) from idea where participant_id is not null) as authored`;
	expect(left).toEqual({ guests: 0, sessions: 0, commands: 0, linked: 0, authored: 0 });
});

test('ideas, turnout, projects and the number of people stay', async () => {
	await deleteDuePersonalData(options());
	const [left] = await database.sql`
		select (select text from idea) as idea, (select count(*) from participant) as people,
			(select count(*) from roll where voted) as voted, (select count(*) from project_member) as members,
			(select text from project_idea) as origin`;
	expect(left).toEqual({ idea: 'A village shop', people: 1, voted: 1, members: 1, origin: 'A village shop' });
});

test('before its day nothing happens', async () => {
	now = new Date('2026-12-30T12:00:00Z');
	expect(await deleteDuePersonalData(options())).toEqual([]);
	expect(await everything()).toMatch(/anna\.weber/);
});

test('what was deleted is written down once, in numbers', async () => {
	await deleteDuePersonalData(options());
	expect(await deleteDuePersonalData(options())).toEqual([]);
	const lines = await database.sql`
		select actor_kind as "actorKind", detail from audit_log where action = 'privacy.deleted'`;
	expect(lines).toHaveLength(1);
	expect(lines[0]).toEqual({
		actorKind: 'server',
		detail: { participants: 1, authors: 1, projectMembers: 1, seats: 0, commands: 1, auditLines: 1 },
	});
	const [block] = await database.sql`
		select actor_id as "actorId", subject_id as "subjectId", detail from audit_log where action = 'participant.block'`;
	expect(block).toEqual({ actorId: workshop.accountId, subjectId: null, detail: {} });
});

test('what comes in after the day goes, too', async () => {
	await deleteDuePersonalData(options());
	await database.sql`
		insert into participant (workshop_id, nickname, language) values (${workshop.workshopId}, 'Late Anna', 'de')`;
	expect(await deleteDuePersonalData(options())).toEqual([workshop.workshopId]);
	expect(await everything()).not.toContain('Anna');
});

test('a browser that is in another workshop keeps its link there', async () => {
	const other = await seedWorkshop(database.sql);
	const [guest] = await database.sql<{ id: string }[]>`select id from guest`;
	await database.sql`
		insert into participant (workshop_id, guest_id, nickname, language)
		values (${other.workshopId}, ${guest?.id ?? ''}, 'Anna', 'de')`;
	await deleteDuePersonalData(options());
	const rows = await database.sql`select nickname from participant where guest_id is not null`;
	expect(rows).toEqual([{ nickname: 'Anna' }]);
	expect(await database.sql`select 1 from session`).toHaveLength(1);
});

test('the notice tells the day, and that it has come', async () => {
	const routes = privacyRoutes({ database: database.sql });
	const read = async (query: Record<string, string>) =>
		privacyNotice.parse(await callRoute(routes, 'get', '/privacy', { query })).workshop;
	expect(await read({})).toBeNull();
	expect(await read({ workshop: '00000000' })).toBeNull();
	expect(await read({ workshop: workshop.code })).toMatchObject({ personalDataUntil: '2026-12-31', deleted: false });
	await deleteDuePersonalData(options());
	expect(await read({ workshop: workshop.code })).toMatchObject({ deleted: true });
});
