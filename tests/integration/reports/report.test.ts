import { parse } from 'csv-parse/sync';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Language } from '#lib/domain/language.ts';
import { reportDownloads, workshopReport } from '#lib/protocol/reports.ts';
import { reportRoutes } from '#server/reports/report-routes.ts';
import { callRoute, callRouteForResult } from '#tests/helpers/call-route.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import {
	seedGroup,
	seedIdea,
	seedParticipants,
	seedWorkshop,
	type SeededWorkshop,
} from '#tests/helpers/seeded-workshop.ts';

let database: TestDatabase;
let workshop: SeededWorkshop;

beforeEach(async () => {
	database = await createTestDatabase();
	workshop = await seedWorkshop(database.sql);
	const [first] = workshop.tables;
	const group = await seedGroup(database.sql, first.boardId, 'Eating together');
	const [author] = await seedParticipants(database.sql, workshop.workshopId, 3, first.id);
	const participantId = author ?? '';
	await seedIdea(database.sql, { boardId: first.boardId, text: '=1+1 shops', groupId: group, participantId });
	const hidden = await seedIdea(database.sql, { boardId: first.boardId, text: 'No name here', participantId });
	await database.sql`update idea set shows_name = false where id = ${hidden}`;
	await seedIdea(database.sql, { boardId: first.boardId, text: 'Taken down', state: 'hidden' });
	await seedIdea(database.sql, { boardId: first.boardId, text: 'Mine alone', state: 'private' });
	const plenary = await seedIdea(database.sql, { boardId: workshop.plenaryBoardId, text: 'Open on Sundays' });
	await database.sql`
		insert into statement_vote (idea_id, voter_key, value, voted_at)
		values (${plenary}, 'a', 1, now()), (${plenary}, 'b', -1, now()), (${plenary}, 'c', 1, now())`;
});
afterEach(() => database[Symbol.asyncDispose]());

function routes() {
	return reportRoutes({ database: database.sql, clock: { now: () => new Date('2026-06-06T20:00:00Z') } });
}

async function read() {
	const { workshopId, accountId } = workshop;
	return workshopReport.parse(
		await callRoute(routes(), 'get', '/workshops/:workshopId/report', { params: { workshopId }, accountId }),
	);
}

async function download(name: string, language: Language = 'de'): Promise<string[][]> {
	const { workshopId, accountId } = workshop;
	const path = `/workshops/:workshopId/report/${name}.csv`;
	const result = await callRouteForResult(routes(), 'get', path, { params: { workshopId }, accountId, language });
	if (result.kind !== 'file') throw new Error('A file was expected');
	expect(result.file.fileName).toBe(`boost-${workshop.code}-${name}.csv`);
	const { body } = result.file;
	if (typeof body !== 'string') throw new Error('A text was expected');
	return parse(body, { bom: true, delimiter: language === 'en' ? ',' : ';' });
}

/** A closed round over two options, at a table or in the whole room. */
async function closedRound(ballots: number, tableId: string | null): Promise<void> {
	const [round, one, other] = [randomUUID(), randomUUID(), randomUUID()];
	const tally = { dots: { [one]: 3, [other]: 9 }, voters: { [one]: 2, [other]: ballots }, ballots, abstentions: 0 };
	const decision = { optionIds: [one], reason: 'There is a house for it.' };
	const { sql } = database;
	await sql`
		insert into vote_round (id, workshop_id, table_id, position, title, rule, state, tally, decision)
		values (${round}, ${workshop.workshopId}, ${tableId}, ${ballots}, 'Which first?',
			${sql.json({ dots: 3, maxPerOption: 2 })}, 'closed', ${sql.json(tally)}, ${sql.json(decision)})`;
	await sql`
		insert into vote_option (id, round_id, position, label)
		values (${one}, ${round}, 0, 'Shop'), (${other}, ${round}, 1, 'Garden')`;
	await sql`
		insert into roll (round_id, participant_id, voted)
		select ${round}, id, true from participant where workshop_id = ${workshop.workshopId}`;
}

test('a report holds the agenda, the ideas by table and group, and the sheets', async () => {
	const report = await read();
	expect(report.counts).toEqual({ people: 3, tables: 2, ideas: 3, projects: 0 });
	expect(report.agenda.map((step) => step.kind)).toEqual(['collect', 'vote']);
	const [first] = report.tables;
	expect(first).toMatchObject({ name: 'Table 1', people: 3, challenge: { en: 'How can we improve place 1?' } });
	expect(first?.groups.map((group) => [group.title, group.ideas.map((idea) => idea.text)])).toEqual([
		['Eating together', ['=1+1 shops']],
		[null, ['No name here']],
	]);
	expect(first?.sheet).toEqual([{ heading: 'dream', text: 'A dream of table 1' }]);
	expect(report.plenary[0]?.ideas[0]?.text).toBe('Open on Sundays');
});

test('names stand only beside ideas that were written under a name', async () => {
	const [first] = (await read()).tables;
	const names = first?.groups.flatMap((group) => group.ideas.map((idea) => [idea.text, idea.by !== null]));
	expect(names).toEqual([
		['=1+1 shops', true],
		['No name here', false],
	]);
});

test('a vote is reported with its turnout and its decision, most dots first', async () => {
	await closedRound(12, null);
	const [round] = (await read()).rounds;
	expect(round).toMatchObject({
		turnout: { voted: 3, eligible: 3 },
		options: [
			{ label: 'Garden', dots: 9, decided: false },
			{ label: 'Shop', dots: 3, decided: true },
		],
		decision: { labels: ['Shop'], reason: 'There is a house for it.' },
	});
});

test('the result of fewer than five at a table is nowhere, its decision is', async () => {
	await closedRound(4, workshop.tables[0].id);
	const [round] = (await read()).rounds;
	expect(round).toMatchObject({ options: null, tableName: 'Table 1', decision: { labels: ['Shop'] } });
	const lines = await download('votes');
	expect(lines).toHaveLength(2);
	expect(lines[1]?.[3]).toBe('');
});

test('the ideas come as a table, with formulas defused and imported votes counted', async () => {
	const [headings, ...lines] = await download('ideas');
	expect(headings?.[2]).toBe('Idee');
	const ideas = new Map(lines.map((line) => [line[2], line]));
	expect([...ideas.keys()]).toContain("'=1+1 shops");
	expect([...ideas.keys()]).not.toContain('Mine alone');
	expect(ideas.get('Open on Sundays')?.slice(6)).toEqual(['2', '1', '0']);
	expect(ideas.get('No name here')?.[5]).toBe('');
	expect(ideas.get("'=1+1 shops")?.[5]).toMatch(/^Person/);
});

test.each(reportDownloads)('the table of %s has a heading for every column in every language', async (name) => {
	for (const language of ['lb', 'fr', 'de', 'en', 'pt'] as const) {
		const [headings] = await download(name, language);
		expect(headings?.length).toBeGreaterThan(3);
		expect(headings?.filter((heading) => heading === '' || /^\w+:/.test(heading))).toEqual([]);
	}
});

test('sheets come one line a table, one column a heading', async () => {
	const [headings, ...lines] = await download('sheets', 'en');
	expect(lines.map((line) => line[headings?.indexOf('Our dream') ?? -1])).toEqual([
		'A dream of table 1',
		'A dream of table 2',
	]);
});

test('only those who run the workshop read its report', async () => {
	const params = { workshopId: workshop.workshopId };
	const path = '/workshops/:workshopId/report';
	await expect(callRoute(routes(), 'get', path, { params })).rejects.toThrow('session.missing');
	for (const name of ['', '/ideas.csv', '/members.csv']) {
		await expect(
			callRouteForResult(routes(), 'get', `${path}${name}`, { params, accountId: randomUUID() }),
		).rejects.toThrow('access.denied');
	}
});

test('a workshop as large as a real conversation is reported in time', async () => {
	await database.sql`
		insert into idea (board_id, text, state, shows_name, sort_order, colour)
		select ${workshop.plenaryBoardId}, 'Idea number ' || n, 'published', false, n, 'mint' from generate_series(1, 522) n`;
	await database.sql`
		insert into statement_vote (idea_id, voter_key, value, voted_at, occurrence)
		select i.id, n::text, 1, now(), 1 from idea i, generate_series(1, 118) n where i.text like 'Idea number%'`;
	const started = performance.now();
	expect((await read()).counts.ideas).toBe(525);
	expect(await download('ideas')).toHaveLength(1 + 526);
	expect(performance.now() - started).toBeLessThan(5_000);
});
