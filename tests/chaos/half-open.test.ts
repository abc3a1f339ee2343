import { expect, test, vi } from 'vitest';

import { sheetHeadings } from '#lib/domain/sheet.ts';
import { BoardConnection } from '#lib/live/board-connection.ts';
import { memoryStorage } from '#lib/live/device-storage.ts';
import { TextConnection } from '#lib/live/text-connection.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import { createTestDatabase } from '../helpers/database.ts';
import { isThorough } from '../helpers/thoroughness.ts';
import { headings, newSheet, SyncHarness } from '../live/sync-harness.ts';
import { ChaosServer } from './chaos-server.ts';
import { seedEvening } from './evening.ts';
import { Line } from './line.ts';
import { Person } from './person.ts';

/* A connection is gone without either side having been told, as when a phone leaves the reach of its network. */

const patience = { timeout: 60_000, interval: 20 };

function openText(address: string, documentId: string, names: readonly string[]): TextConnection {
	return new TextConnection({
		address,
		documentId,
		headings: names,
		storage: memoryStorage(),
		changed: () => undefined,
	});
}

function type(text: TextConnection, words: string): void {
	const dream = text.instance?.document.getText('dream');
	if (dream === undefined) throw new Error('The text is not here');
	dream.insert(dream.length, words);
}

test('C5: a writer who answers no pings leaves the text; what they typed is never called saved and comes later', async () => {
	await using database = await createTestDatabase();
	await using harness = await SyncHarness.start(database.sql, { sweepMs: 20, keepaliveMs: 150 });
	await using line = await Line.to(harness.address.replace('ws:', 'http:'));
	const sheet = await newSheet(database.sql);
	const paul = harness.write(sheet);
	const anna = openText(line.documents, sheet, headings);
	await vi.waitFor(() => expect([anna.status, paul.status]).toEqual(['saved', 'saved']), patience);
	const annasId = anna.instance?.document.clientID ?? 0;
	const isThere = () => paul.instance?.awareness.getStates().has(annasId);
	await vi.waitFor(() => expect(isThere()).toBe(true), patience);

	line.silence();
	type(anna, 'into the void');
	type(paul, 'Paul goes on. ');
	await vi.waitFor(() => expect(isThere()).toBe(false), patience);
	expect(anna.status).toBe('saving');
	await vi.waitFor(() => expect(paul.status).toBe('saved'), patience);
	expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'Paul goes on. ' });

	line.cut();
	line.mend();
	await vi.waitFor(async () => {
		expect(anna.status).toBe('saved');
		const { dream = '' } = await readTextDocument(database.sql, sheet);
		expect([dream.includes('into the void'), dream.includes('Paul goes on')]).toEqual([true, true]);
	}, patience);
	expect(anna.instance?.number).toBe(1);
	anna.close();
});

test.runIf(isThorough)(
	'a browser notices by itself that nothing comes any more, and brings everything along when it is back',
	{ timeout: 180_000 },
	async () => {
		await using database = await createTestDatabase();
		const { seeded, people } = await seedEvening(database.sql, 2);
		await using server = await ChaosServer.start(database.url);
		const [lost, other] = people;
		await using line = await Line.to(server.origin, lost?.cookie);
		const { sheetId, boardId } = seeded.tables[0];
		using open = new DisposableStack();
		const text = open.adopt(openText(line.documents, sheetId, sheetHeadings), (text) => text.close());
		const board = open.adopt(
			new BoardConnection({ address: line.documents, boardId, changed: () => undefined }),
			(board) => board.close(),
		);
		const person = open.use(new Person({ origin: line.origin, cookie: '' }, 'participant', seeded.code));
		const neighbour = open.use(
			new Person({ origin: server.origin, cookie: other?.cookie ?? '' }, 'participant', seeded.code),
		);
		await vi.waitFor(() => {
			expect([text.status, board.status, person.connected]).toEqual(['saved', 'live', true]);
			expect(neighbour.view?.counts.present).toBe(2);
		}, patience);

		line.silence();
		const own = person.ask('idea.submit', { text: 'Asked into the void' });
		type(text, ' And typed into the void.');
		expect(await neighbour.ask('idea.submit', { text: 'Written meanwhile' })).toMatchObject({ ok: true });
		await vi.waitFor(() => expect(neighbour.view?.counts.present).toBe(1), patience);
		line.mend();

		expect(await own).toMatchObject({ ok: true });
		await vi.waitFor(() => {
			expect([text.status, board.status]).toEqual(['saved', 'live']);
			expect(board.content?.ideas.map((idea) => idea.text).sort()).toEqual([
				'Asked into the void',
				'Written meanwhile',
			]);
			expect(neighbour.view?.counts.present).toBe(2);
			expect(person.view?.counts).toEqual(neighbour.view?.counts);
		}, patience);
		expect(await readTextDocument(database.sql, sheetId)).toMatchObject({
			dream: 'A dream of table 1 And typed into the void.',
		});
		expect(text.instance?.number).toBe(1);
	},
);
