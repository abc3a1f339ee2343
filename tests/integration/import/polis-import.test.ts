import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Database } from '#server/db/client.ts';
import type { ImportReport } from '#server/imports/import-report.ts';
import { openPolisExport } from '#server/imports/polis-export.ts';
import { importPolis } from '#server/imports/polis-import-service.ts';
import { ensureEdition, ensureProgramme } from '#server/programmes/programme-queries.ts';
import { addWorkshop } from '#server/workshops/workshop-setup-service.ts';
import { createTestDatabase } from '#tests/helpers/database.ts';

const klimarat = path.resolve('server/demo/data/klimarat-production');

async function workshopIn(sql: Database): Promise<WorkshopId> {
	const programmeId = await ensureProgramme(sql, { slug: 'p', name: { en: 'Programme' } });
	const edition = {
		slug: 'e',
		title: { en: 'Edition' },
		description: {},
		defaultLanguage: 'de',
		regionId: null,
	} as const;
	const editionId = await ensureEdition(sql, { ...edition, programmeId });
	return addWorkshop(sql, { editionId, title: { en: 'Conversation' }, steps: [] }, new Date());
}

async function importFrom(sql: Database, workshopId: WorkshopId, folder: string): Promise<ImportReport> {
	const order = { workshopId, language: 'de', hideReason: 'held back by moderators' } as const;
	const source = await openPolisExport(folder);
	return sql.begin((transaction) => importPolis(transaction, { ...order, export: source }));
}

/** A copy of the export that a test may change: small files of its own, or the real ones. */
async function exportFolder(files?: Record<string, string>): Promise<AsyncDisposable & { folder: string }> {
	const folder = await mkdtemp(path.join(tmpdir(), 'polis-'));
	if (files === undefined) await cp(klimarat, folder, { recursive: true });
	for (const [name, text] of Object.entries(files ?? {})) await writeFile(path.join(folder, name), text);
	return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

async function rowCounts(sql: Database) {
	const [row] = await sql<[{ ideas: number; votes: number; voters: number }]>`
		select (select count(*) from idea) as ideas, (select count(*) from statement_vote) as votes,
			(select count(*) from statement_voter) as voters
	`;
	return { ...row };
}

describe('importing the Klimarat conversation', () => {
	it('keeps every row, reproduces the published tallies exactly, and adds nothing the second time', async () => {
		await using database = await createTestDatabase();
		const { sql } = database;
		const workshopId = await workshopIn(sql);

		const report = await importFrom(sql, workshopId, klimarat);
		expect(report).toMatchObject({
			topic: 'Produktion und Konsum',
			comments: { read: 522, imported: 522, alreadyThere: 0, refused: 0, published: 277, heldBack: 245, waiting: 0 },
			votes: { read: 61_936, imported: 61_936, alreadyThere: 0, refused: 0, voters: 1_116, pairs: 61_384 },
			participants: { read: 1_116, imported: 1_116, alreadyThere: 0, refused: 0, groups: { 0: 761, 1: 139 } },
			refusals: [],
		});

		const computed = await sql<{ id: string; agrees: number; disagrees: number }[]>`
			select split_part(i.source_key, '/', 2) as id,
				count(*) filter (where v.value = 1) as agrees, count(*) filter (where v.value = -1) as disagrees
			from idea i left join statement_vote v on v.idea_id = i.id group by i.id
		`;
		const published: Record<string, string>[] = parse(await readFile(path.join(klimarat, 'comments.csv')), {
			columns: true,
		});
		expect(published).toHaveLength(522);
		expect(
			new Map(computed.map(({ id, agrees, disagrees }) => [id, `${agrees} agree, ${disagrees} disagree`])),
		).toEqual(new Map(published.map((row) => [row['comment-id'], `${row.agrees} agree, ${row.disagrees} disagree`])));

		const states = await sql`select state, count(*) from idea group by state order by state`;
		expect([...states]).toEqual([
			{ state: 'hidden', count: 245 },
			{ state: 'published', count: 277 },
		]);

		const before = await rowCounts(sql);
		const again = await importFrom(sql, workshopId, klimarat);
		expect(again.comments).toMatchObject({ imported: 0, alreadyThere: 522, published: 277, heldBack: 245 });
		expect(again.votes).toMatchObject({ imported: 0, alreadyThere: 61_936, voters: 1_116, pairs: 61_384 });
		expect(again.participants).toMatchObject({ imported: 0, alreadyThere: 1_116 });
		expect(await rowCounts(sql)).toEqual(before);
	});

	it('adds exactly one row when one was added, even if it equals the row before', async () => {
		await using database = await createTestDatabase();
		await using copy = await exportFolder();
		const { sql } = database;
		const workshopId = await workshopIn(sql);
		await importFrom(sql, workshopId, klimarat);
		const before = await rowCounts(sql);

		const votes = gunzipSync(await readFile(path.join(copy.folder, 'votes.csv.gz'))).toString();
		const last = votes.trimEnd().split('\n').at(-1) ?? '';
		await rm(path.join(copy.folder, 'votes.csv.gz'));
		await writeFile(path.join(copy.folder, 'votes.csv'), `${votes.trimEnd()}\n${last}\n`);
		const report = await importFrom(sql, workshopId, copy.folder);
		expect(report.votes).toMatchObject({ read: 61_937, imported: 1, alreadyThere: 61_936, pairs: 61_384 });
		expect(await rowCounts(sql)).toEqual({ ...before, votes: before.votes + 1 });

		const comments = await readFile(path.join(copy.folder, 'comments.csv'), 'utf8');
		const comment = '1652100000000,Mon May 09 2022,9001,7,0,0,1,"Ein ""neuer"" Gedanke,\nauf zwei Zeilen"\n';
		await writeFile(path.join(copy.folder, 'comments.csv'), comments + comment);
		expect((await importFrom(sql, workshopId, copy.folder)).comments).toMatchObject({ imported: 1, alreadyThere: 522 });
		const [idea] = await sql`select text, state, sort_order as "order" from idea where source_key like '%/9001'`;
		expect(idea).toEqual({ text: 'Ein "neuer" Gedanke, auf zwei Zeilen', state: 'published', order: 523 });
	});
});

describe('importing an export with mistakes', () => {
	const comments = [
		'timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body',
		'1651071094558,x,-3,0,1,0,1,"Ja, und ""doch"""',
		'not a time,x,1,0,0,0,1,Ohne Zeit',
		'1651071094559,x,2,0,0,0,1,"Nie geschlossen',
		'1651071094560,x,3,0,0,0,7,Unbekannte Moderation',
		'1651071094561,x,4,0,0,0,1',
		'1651071094562,x,5,0,0,0,0,Noch nicht angesehen',
		'1651071094563,x,5,0,0,0,1,Zweimal dieselbe Nummer',
		`1651071094564,x,6,0,0,0,1,${'lang '.repeat(80)}`,
		'1651071094565,x,7,0,0,0,1,"  "',
		'',
		'1651071094566,x,Ä 8,0,0,0,-1,Seltsame Nummer',
	].join('\r\n');
	const votes = [
		'timestamp,datetime,comment-id,voter-id,vote',
		'1651071094600,x,-3,-1,1',
		'1651071094600,x,-3,-1,1',
		'1651071094601,x,-3,"17",-1',
		'1651071094602,x,99,17,1',
		'1651071094603,x,-3,18,2',
		'1651071094604,x,Ä 8,18,0,surplus',
		'1651071094605,x,Ä 8,18,0',
	].join('\n');
	const participants = 'participant,xid,group-id\n-1,,0\n17,,\n17,,1\n,,1\n';

	it('reports each broken row with its line and imports the rest', async () => {
		await using database = await createTestDatabase();
		await using broken = await exportFolder({
			'comments.csv': comments,
			'votes.csv': votes,
			'participants.csv': participants,
		});
		const { sql } = database;
		const report = await importFrom(sql, await workshopIn(sql), broken.folder);

		expect(report.refusals.map(({ file, line, reason, column }) => [file, line, reason, column])).toEqual([
			['comments.csv', 3, 'valueInvalid', 'timestamp'],
			['comments.csv', 4, 'quotesBroken', undefined],
			['comments.csv', 5, 'valueInvalid', 'moderated'],
			['comments.csv', 6, 'columnCount', undefined],
			['comments.csv', 8, 'commentRepeated', 'comment-id'],
			['comments.csv', 9, 'textTooLong', 'comment-body'],
			['comments.csv', 10, 'textEmpty', 'comment-body'],
			['votes.csv', 5, 'commentUnknown', 'comment-id'],
			['votes.csv', 6, 'valueInvalid', 'vote'],
			['votes.csv', 7, 'columnCount', undefined],
			['participants.csv', 4, 'participantRepeated', 'participant'],
			['participants.csv', 5, 'textEmpty', 'participant'],
		]);
		expect(report.comments).toMatchObject({ read: 10, imported: 3, refused: 7, published: 1, heldBack: 1, waiting: 1 });
		expect(report.votes).toMatchObject({ read: 7, imported: 4, refused: 3, voters: 3, pairs: 3 });
		expect(report.participants).toMatchObject({ read: 4, imported: 2, refused: 2, groups: { 0: 1 } });
		const ideas = await sql<{ text: string; state: string; reason: string | null }[]>`
			select text, state, hide_reason as reason from idea order by sort_order
		`;
		expect([...ideas]).toEqual([
			{ text: 'Ja, und "doch"', state: 'published', reason: null },
			{ text: 'Noch nicht angesehen', state: 'inbox', reason: null },
			{ text: 'Seltsame Nummer', state: 'hidden', reason: 'held back by moderators' },
		]);
	});

	it.each([
		['a file is missing', { 'comments.csv': comments, 'votes.csv': votes }, 'import.fileMissing'],
		[
			'a column is missing',
			{ 'comments.csv': comments, 'votes.csv': 'comment-id,vote\n1,1', 'participants.csv': participants },
			'import.columnMissing',
		],
		[
			'a file is empty',
			{ 'comments.csv': '', 'votes.csv': votes, 'participants.csv': participants },
			'import.columnMissing',
		],
		[
			'a packed file is no packed file',
			{ 'comments.csv': comments, 'votes.csv.gz': votes, 'participants.csv': participants },
			'import.fileUnreadable',
		],
	])('imports nothing when %s', async (_case, files, code) => {
		await using database = await createTestDatabase();
		await using wrong = await exportFolder(files);
		const { sql } = database;
		const workshopId = await workshopIn(sql);
		await expect(importFrom(sql, workshopId, wrong.folder)).rejects.toMatchObject({ code });
		expect(await rowCounts(sql)).toEqual({ ideas: 0, votes: 0, voters: 0 });
	});
});
