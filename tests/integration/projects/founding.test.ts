import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { GroupId, IdeaId, RoundId } from '#lib/domain/ids.ts';
import type { CommandInput } from '#lib/protocol/commands.ts';
import { projectList, projectPage } from '#lib/protocol/projects.ts';
import { createLogger } from '#server/logger.ts';
import { createProjectsService, type ProjectsService } from '#server/projects/projects-service.ts';
import { createVotesService } from '#server/votes/votes-service.ts';
import { callRoute } from '#tests/helpers/call-route.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import {
	facilitatorOf,
	runWorkshop,
	seedGroup,
	seedIdea,
	seedParticipants,
	seedWorkshop,
	type RunningWorkshop,
	type SeededWorkshop,
} from '#tests/helpers/seeded-workshop.ts';

let database: TestDatabase;
let keysFolder: string;
let workshop: SeededWorkshop;
let running: RunningWorkshop;
let projects: ProjectsService;
let group: GroupId;
let ideas: Record<'shop' | 'cafe' | 'plenary', IdeaId>;

beforeEach(async () => {
	database = await createTestDatabase();
	keysFolder = await mkdtemp(path.join(tmpdir(), 'round-keys-'));
	workshop = await seedWorkshop(database.sql);
	const [first] = workshop.tables;
	group = (await seedGroup(database.sql, first.boardId, 'Eating together')) as GroupId;
	const [author] = await seedParticipants(database.sql, workshop.workshopId, 6, first.id);
	ideas = {
		shop: await seedIdea(database.sql, {
			boardId: first.boardId,
			text: 'A village shop',
			groupId: group,
			...(author === undefined ? {} : { participantId: author }),
		}),
		cafe: await seedIdea(database.sql, { boardId: first.boardId, text: 'A café beside it', groupId: group }),
		plenary: await seedIdea(database.sql, { boardId: workshop.plenaryBoardId, text: 'Open on Sundays' }),
	};
	const logger = createLogger('silent');
	const clock = { now: () => new Date() };
	const votes = await createVotesService({ database: database.sql, logger, keysFolder });
	projects = createProjectsService({ database: database.sql, clock, logger, reload: () => Promise.resolve() });
	running = await runWorkshop(database.sql, workshop.workshopId, { ...votes.commands, ...projects.commands });
});
afterEach(async () => {
	await running.queue.stop();
	await database[Symbol.asyncDispose]();
	await rm(keysFolder, { recursive: true });
});

async function found(given: Partial<CommandInput<'project.found'>> = {}): Promise<string> {
	const ack = await running.run(facilitatorOf(workshop), 'project.found', {
		title: 'Épicerie & Café',
		summary: 'Buy bread, stay for a coffee.',
		tableId: workshop.tables[0].id,
		ideaIds: [ideas.plenary],
		groupIds: [group],
		...given,
	});
	if (!ack.ok) throw new Error(ack.error.code);
	return ack.result.projectSlug ?? '';
}

async function readPage(slug: string) {
	const params = { edition: workshop.editionSlug, slug };
	return projectPage.parse(await callRoute(projects.routes, 'get', '/editions/:edition/projects/:slug', { params }));
}

/** Six people at the table give the group two dots each. */
async function voteAtTable(voters: number): Promise<RoundId> {
	const facilitator = facilitatorOf(workshop);
	const ack = await running.run(facilitator, 'vote.open', {
		title: 'Which one?',
		rule: { dots: 3, maxPerOption: 3 },
		tableId: workshop.tables[0].id,
		options: [{ groupId: group }, { ideaId: ideas.cafe }],
	});
	const roundId = ack.ok ? ack.result.roundId : undefined;
	if (roundId === undefined) throw new Error('The round was not opened');
	const option = running.queue.state.rounds.get(roundId)?.options[0]?.id ?? '';
	for (const id of [...running.queue.state.participants.keys()].slice(0, voters)) {
		await running.run(running.as(id), 'vote.cast', { roundId, ballot: { [option]: 2 } });
	}
	await running.run(facilitator, 'vote.close', { roundId });
	return roundId;
}

test('a project has a page that knows every note it came from, its table, its sheet and its challenge', async () => {
	const slug = await found();
	expect(slug).toMatch(/^epicerie-cafe-[a-z0-9]{5}$/);
	const page = await readPage(slug);
	expect(page).toMatchObject({
		title: 'Épicerie & Café',
		stage: 'idea',
		challenge: { en: 'How can we improve place 1?' },
		workshop: { title: { en: 'An evening in Mamer' }, startsAt: null },
		sheet: [{ heading: 'dream', text: 'A dream of table 1' }],
		signUp: { open: true, keptUntil: '2099-12-31' },
		people: { join: 0, help: 0, follow: 0 },
	});
	expect(page.origins).toMatchObject({ ideas: 3, tables: 1, noLongerShown: 0 });
	const shown = page.origins.from.map((table) => [
		table.name,
		table.groups.map((origin) => [origin.title, origin.ideas.map((idea) => idea.text)]),
	]);
	expect(shown).toEqual([
		['Table 1', [['Eating together', ['A village shop', 'A café beside it']]]],
		[null, [[null, ['Open on Sundays']]]],
	]);
});

test('the page says nothing of who wrote what', async () => {
	const page = JSON.stringify(await readPage(await found()));
	expect(page).not.toContain('Person');
	for (const id of [
		...running.queue.state.participants.keys(),
		...[...running.queue.state.ideas.values()].map((idea) => idea.id),
	]) {
		expect(page).not.toContain(id);
	}
});

test('words and group stay as they were at the founding', async () => {
	const slug = await found();
	await database.sql`update idea set text = 'A car park', group_id = null where id = ${ideas.shop}`;
	await database.sql`update idea_group set title = 'Something else'`;
	const { from } = (await readPage(slug)).origins;
	expect(from[0]?.groups[0]).toMatchObject({ title: 'Eating together' });
	expect(from[0]?.groups[0]?.ideas[0]?.text).toBe('A village shop');
});

test.each(['hidden', 'withdrawn'])('a note that was %s since leaves the page, its number stays', async (state) => {
	const slug = await found();
	await database.sql`update idea set state = ${state} where id = ${ideas.shop}`;
	const page = await readPage(slug);
	expect(page.origins).toMatchObject({ ideas: 3, noLongerShown: 1 });
	expect(JSON.stringify(page)).not.toContain('A village shop');
});

test('votes at the founding are shown once their result is public', async () => {
	const roundId = await voteAtTable(6);
	const slug = await found();
	expect((await readPage(slug)).origins.from[0]?.groups[0]?.votes).toEqual([]);
	await running.run(facilitatorOf(workshop), 'vote.publish', { roundId, published: true });
	const origin = (await readPage(slug)).origins.from[0]?.groups[0];
	expect(origin?.votes).toEqual([{ roundTitle: 'Which one?', on: 'group', dots: 12, ballots: 6 }]);
	expect(origin?.ideas[1]?.votes).toEqual([{ roundTitle: 'Which one?', on: 'idea', dots: 0, ballots: 6 }]);
});

test('a vote of fewer than five at a table is not written down', async () => {
	const roundId = await voteAtTable(4);
	await running.run(facilitatorOf(workshop), 'vote.publish', { roundId, published: true });
	await found();
	const rows = await database.sql<{ votes: unknown }[]>`select votes from project_idea`;
	for (const row of rows) expect(row.votes).toEqual([]);
});

test('what is not published, or nothing at all, founds no project', async () => {
	await database.sql`update idea set state = 'inbox' where id = ${ideas.plenary}`;
	await running.reload();
	await expect(found()).rejects.toThrow('idea.notPublished');
	const empty = await seedGroup(database.sql, workshop.plenaryBoardId, 'Empty');
	await running.reload();
	await expect(found({ ideaIds: [], groupIds: [empty] })).rejects.toThrow('project.noIdeas');
	expect(await database.sql`select 1 from project`).toHaveLength(0);
});

test('two projects of one title have a page each, and both are in the list', async () => {
	const [one, other] = [await found(), await found()];
	expect(one).not.toBe(other);
	const params = { edition: workshop.editionSlug };
	const list = projectList.parse(await callRoute(projects.routes, 'get', '/editions/:edition/projects', { params }));
	expect(list.edition.title).toMatchObject({ en: 'Region West' });
	expect(list.projects.map((project) => project.slug).toSorted()).toEqual([one, other].toSorted());
	expect(list.projects[0]).toMatchObject({ ideas: 3, tables: 1, people: { join: 0, help: 0, follow: 0 } });
});

test('an unpublished project has no page', async () => {
	const slug = await found();
	const project = [...running.queue.state.projects.values()][0];
	await callRoute(projects.routes, 'patch', '/projects/:projectId', {
		params: { projectId: project?.id ?? '' },
		accountId: workshop.accountId,
		body: { published: false, stage: 'group' },
	});
	await expect(readPage(slug)).rejects.toThrow('project.unknown');
	await expect(
		callRoute(projects.routes, 'patch', '/projects/:projectId', {
			params: { projectId: project?.id ?? '' },
			accountId: randomUUID(),
			body: { published: true },
		}),
	).rejects.toThrow('access.denied');
});
