import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { ProjectId, WorkshopId } from '#lib/domain/ids.ts';
import { memberList, membership, signUpReceipt, type SignUp } from '#lib/protocol/projects.ts';
import { createLogger } from '#server/logger.ts';
import { createProjectsService, type ProjectsService } from '#server/projects/projects-service.ts';
import { callRoute } from '#tests/helpers/call-route.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import {
	facilitatorOf,
	runWorkshop,
	seedIdea,
	seedWorkshop,
	type SeededWorkshop,
} from '#tests/helpers/seeded-workshop.ts';

let database: TestDatabase;
let workshop: SeededWorkshop;
let projects: ProjectsService;
let slug: string;
let now: Date;
const reload = vi.fn((_workshopId: WorkshopId) => Promise.resolve());

beforeEach(async () => {
	database = await createTestDatabase();
	workshop = await seedWorkshop(database.sql);
	now = new Date('2026-06-06T19:00:00Z');
	projects = createProjectsService({
		database: database.sql,
		clock: { now: () => now },
		logger: createLogger('silent'),
		reload,
	});
	const idea = await seedIdea(database.sql, { boardId: workshop.plenaryBoardId, text: 'A village shop' });
	const running = await runWorkshop(database.sql, workshop.workshopId, projects.commands);
	const ack = await running.run(facilitatorOf(workshop), 'project.found', { title: 'A shop', ideaIds: [idea] });
	slug = ack.ok ? (ack.result.projectSlug ?? '') : '';
	await running.queue.stop();
});
afterEach(() => database[Symbol.asyncDispose]());

const anna: SignUp = {
	involvement: 'join',
	name: 'Anna Weber',
	email: 'Anna.Weber@example.lu',
	message: 'I can keep the books.',
	consent: true,
};

async function signUp(body: unknown = anna): Promise<string> {
	const params = { edition: workshop.editionSlug, slug };
	const path = '/editions/:edition/projects/:slug/members';
	return signUpReceipt.parse(await callRoute(projects.routes, 'post', path, { params, body, language: 'lb' })).token;
}

function onMembership(action: 'look' | 'change' | 'withdraw', body: unknown): Promise<unknown> {
	return callRoute(projects.routes, 'post', `/project-memberships/${action}`, { body });
}

async function members() {
	const [project] = await database.sql<{ id: ProjectId }[]>`select id from project`;
	const params = { projectId: project?.id ?? '' };
	const accountId = workshop.accountId;
	return memberList.parse(
		await callRoute(projects.routes, 'get', '/projects/:projectId/members', { params, accountId }),
	).members;
}

test('somebody who signs up is listed for the facilitators, with consent and language', async () => {
	await signUp();
	expect(await members()).toMatchObject([
		{ involvement: 'join', name: 'Anna Weber', email: 'anna.weber@example.lu', language: 'lb' },
	]);
	const rows = await database.sql`select consent_at as "consentAt", token_hash as hash from project_member`;
	expect(rows[0]?.consentAt).toEqual(now);
	expect(rows[0]?.hash).toHaveLength(32);
});

test('signing up again with the same address replaces the entry, and the answer looks the same', async () => {
	const first = await signUp();
	const second = await signUp({ ...anna, involvement: 'follow', message: '' });
	expect(second).toHaveLength(first.length);
	expect(await members()).toMatchObject([{ involvement: 'follow', message: '' }]);
	await expect(onMembership('look', { token: first })).rejects.toThrow('project.linkInvalid');
	expect(membership.parse(await onMembership('look', { token: second })).involvement).toBe('follow');
});

test('the link of an entry shows neither name nor address', async () => {
	const answer = await onMembership('look', { token: await signUp() });
	expect(JSON.stringify(answer)).not.toMatch(/weber/i);
	expect(answer).toMatchObject({
		project: { title: 'A shop', editionSlug: workshop.editionSlug },
		involvement: 'join',
	});
});

test('an entry is changed with its link', async () => {
	const token = await signUp();
	await onMembership('change', { token, involvement: 'help' });
	expect(await members()).toMatchObject([{ involvement: 'help', message: 'I can keep the books.' }]);
	await onMembership('change', { token, involvement: 'help', message: '' });
	expect(await members()).toMatchObject([{ message: '' }]);
});

test('withdrawing deletes name, address and message at once, and the same address may come back', async () => {
	const token = await signUp();
	await onMembership('withdraw', { token });
	expect(await members()).toEqual([]);
	const left = await database.sql`select name, email, message from project_member`;
	expect(JSON.stringify(left)).not.toMatch(/weber|books/i);
	await expect(onMembership('look', { token })).rejects.toThrow('project.linkInvalid');
	await expect(onMembership('withdraw', { token })).rejects.toThrow('project.linkInvalid');
	await signUp();
	expect(await members()).toHaveLength(1);
});

test.each([
	['without consent', { consent: false }, 'project.consentMissing'],
	['with something that is no address', { email: 'anna at example' }, 'project.emailInvalid'],
	['without a name', { name: '  ' }, 'text.empty'],
	['with a message that is too long', { message: 'a'.repeat(1001) }, 'text.tooLong'],
	['with fields of their own', { role: 'lead' }, 'request.invalid'],
])('nobody signs up %s', async (_, wrong, code) => {
	await expect(signUp({ ...anna, ...wrong })).rejects.toThrow(code);
	expect(await database.sql`select 1 from project_member`).toHaveLength(0);
});

test('no address is taken once addresses may no longer be kept', async () => {
	await database.sql`update workshop set personal_data_until = '2026-06-06'`;
	await expect(signUp()).rejects.toThrow('project.signUpClosed');
});

test('one address can be entered again and again only so often', async () => {
	for (let time = 0; time < 10; time += 1) await signUp();
	await expect(signUp()).rejects.toThrow('request.tooMany');
	await signUp({ ...anna, email: 'paul@example.lu' });
});

test('only the team reads addresses', async () => {
	await signUp();
	const [project] = await database.sql<{ id: ProjectId }[]>`select id from project`;
	const params = { projectId: project?.id ?? '' };
	const path = '/projects/:projectId/members';
	await expect(callRoute(projects.routes, 'get', path, { params })).rejects.toThrow('session.missing');
	const [stranger] = await database.sql<{ id: string }[]>`
		insert into account (email, name) values ('x@example.org', 'X') returning id`;
	const accountId = stranger?.id ?? '';
	await expect(callRoute(projects.routes, 'get', path, { params, accountId })).rejects.toThrow('access.denied');
});

test('live screens are told, once for many who sign up together', async () => {
	await signUp();
	await signUp({ ...anna, email: 'paul@example.lu' });
	const told = () => reload.mock.calls.filter(([id]) => id === workshop.workshopId).length;
	await expect.poll(told, { timeout: 5_000 }).toBe(1);
});
