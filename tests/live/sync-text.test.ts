import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';

import type { TextConnection } from '#lib/live/text-connection.ts';
import { messageType } from '#lib/protocol/sync-wire.ts';
import { connect } from '#server/db/client.ts';
import { insertUpdates, type TextUpdateRow } from '#server/sync/text-document-queries.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import { createTestDatabase } from '../helpers/database.ts';
import { CuttableRoad, newSheet, SyncHarness } from './sync-harness.ts';

const patience = { timeout: 10_000, interval: 10 };

function textOf(writer: TextConnection, heading = 'dream'): string {
	return writer.instance?.document.getText(heading).toJSON() ?? '';
}

function type(writer: TextConnection, words: string, at = textOf(writer).length): void {
	const instance = writer.instance;
	if (instance === null) throw new Error('the text is not here yet');
	instance.document.getText('dream').insert(at, words);
}

async function saved(...writers: TextConnection[]): Promise<void> {
	await vi.waitFor(() => {
		for (const writer of writers) expect(writer.status).toBe('saved');
	}, patience);
}

describe('a text that several write', () => {
	it('T1: is the same for both writers, and in Postgres when a screen says saved', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql, { challenge: 'Wéi kënne mir eng al Gare notzen?' });
		const anna = harness.write(sheet);
		const paul = harness.write(sheet);
		await saved(anna, paul);
		expect(textOf(paul, 'challenge')).toBe('Wéi kënne mir eng al Gare notzen?');

		type(anna, 'Ein Café');
		expect(anna.status).toBe('saving');
		type(paul, 'Eine Werkstatt ', 0);
		await saved(anna, paul);
		await vi.waitFor(() => expect(textOf(anna)).toBe(textOf(paul)), patience);
		expect(textOf(anna)).toContain('Café');
		expect(textOf(anna)).toContain('Werkstatt');
		expect(await readTextDocument(database.sql, sheet)).toEqual({
			challenge: 'Wéi kënne mir eng al Gare notzen?',
			dream: textOf(anna),
		});
	});

	it('T7: keeps what was typed while the server was down, and knows its writers after a restart', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		const anna = harness.write(sheet);
		const paul = harness.write(sheet);
		await saved(anna, paul);
		type(anna, 'before ');
		await saved(anna);

		await harness.sync.close();
		await vi.waitFor(() => expect(anna.status).toBe('offline'), patience);
		type(anna, 'meanwhile ');
		expect(anna.unsaved).toBe(true);
		const instance = anna.instance;
		await harness.restart();

		await saved(anna, paul);
		await vi.waitFor(() => expect(textOf(paul)).toBe('before meanwhile '), patience);
		expect(anna.instance).toBe(instance);
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'before meanwhile ' });
	});

	it('T3: loses nothing while the database is away: nothing is called saved, then all of it is', async () => {
		await using database = await createTestDatabase();
		const { road, url } = await CuttableRoad.to(database.url);
		await using _road = road;
		const sheet = await newSheet(database.sql);
		const sql = connect(url, { max: 3 });
		await using harness = await SyncHarness.start(sql);
		const anna = harness.write(sheet);
		const paul = harness.write(sheet);
		await saved(anna, paul);

		road.cut();
		type(anna, 'one ');
		await new Promise((resolve) => setTimeout(resolve, 400));
		type(anna, 'two ');
		type(paul, 'three ');
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(anna.status).toBe('saving');
		expect(paul.status).toBe('saving');
		expect(textOf(paul)).not.toContain('one');
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: '' });

		road.mend();
		await saved(anna, paul);
		await vi.waitFor(() => expect(textOf(paul)).toBe(textOf(anna)), patience);
		for (const word of ['one', 'two', 'three']) expect(textOf(anna)).toContain(word);
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: textOf(anna) });
		await sql.end({ timeout: 1 });
	});

	it('T2: shows a newcomer nothing that is not in Postgres yet', async () => {
		await using database = await createTestDatabase();
		const { road, url } = await CuttableRoad.to(database.url);
		await using _road = road;
		const sheet = await newSheet(database.sql);
		const sql = connect(url, { max: 3 });
		await using harness = await SyncHarness.start(sql);
		const anna = harness.write(sheet);
		await saved(anna);
		road.cut();
		type(anna, 'not yet');
		await new Promise((resolve) => setTimeout(resolve, 300));
		const paul = harness.write(sheet);
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect([anna.status, textOf(paul)]).toEqual(['saving', '']);
		road.mend();
		await saved(anna, paul);
		expect(textOf(paul)).toBe('not yet');
		await sql.end({ timeout: 1 });
	});

	it('T6: is compacted while people write, and reads the same', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		const document = new Y.Doc();
		let seq = 0;
		const rows: TextUpdateRow[] = [];
		document.on('update', (bytes: Uint8Array) => rows.push({ documentId: sheet, opening: 0, seq: (seq += 1), bytes }));
		for (let word = 0; word < 198; word += 1) document.getText('dream').insert(0, `${word} `);
		document.getText('dream').delete(0, 20);
		await insertUpdates(database.sql, rows);

		const anna = harness.write(sheet);
		const paul = harness.write(sheet);
		await saved(anna, paul);
		for (let round = 0; round < 20; round += 1) {
			type(anna, `a${round} `);
			type(paul, `p${round} `);
			await saved(anna);
		}
		await saved(paul);
		await vi.waitFor(() => expect(textOf(paul)).toBe(textOf(anna)), patience);
		const [row] = await database.sql<{ updates: number }[]>`
			select count(*) as updates from text_update where document_id = ${sheet}`;
		expect(row?.updates).toBeLessThan(50);
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: textOf(anna) });
	});

	it('T5: is not written by a process that was overtaken by another', async () => {
		await using database = await createTestDatabase();
		await using old = await SyncHarness.start(database.sql);
		await using young = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		const anna = old.write(sheet);
		await saved(anna);
		const paul = young.write(sheet);
		await saved(paul);
		type(paul, 'new ');
		await saved(paul);

		type(anna, 'old ');
		// The old process is refused, reads the text anew and becomes the one that writes; nothing of either is lost.
		await saved(anna);
		expect(textOf(anna)).toContain('new ');
		type(paul, 'newer ');
		await saved(paul);
		const { dream } = await readTextDocument(database.sql, sheet);
		for (const words of ['old ', 'new ', 'newer ']) expect(dream).toContain(words);
	});

	it('T4: that can’t be saved keeps no other from being saved', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const [deleted, kept] = [await newSheet(database.sql), await newSheet(database.sql)];
		const anna = harness.write(deleted);
		const paul = harness.write(kept);
		await saved(anna, paul);
		await database.sql`delete from text_document where id = ${deleted}`;
		type(anna, 'nowhere');
		type(paul, 'here');
		await saved(paul);
		await vi.waitFor(() => expect([anna.status, anna.refusedBy]).toEqual(['refused', 'document.unknown']), patience);
		expect(await readTextDocument(database.sql, kept)).toMatchObject({ dream: 'here' });
	});

	it('can be replaced by the server, as a change that everybody sees', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql, { dream: 'Ein Café im Bahnhof' });
		const anna = harness.write(sheet);
		await saved(anna);
		await harness.sync.replaceText(sheet, { dream: 'Ein Atelier im Bahnhof', unknown: 'left out' });
		await vi.waitFor(() => expect(textOf(anna)).toBe('Ein Atelier im Bahnhof'), patience);
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'Ein Atelier im Bahnhof' });
	});

	it('P2: shows carets with the name that the server gives', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		const anna = harness.write(sheet);
		const paul = harness.write(sheet);
		await saved(anna, paul);
		anna.instance?.awareness.setLocalState({ cursor: null, user: { name: 'Mallory', colour: 'red' } });
		await vi.waitFor(() => {
			const id = anna.instance?.document.clientID ?? 0;
			expect(paul.instance?.awareness.getStates().get(id)).toEqual({
				cursor: null,
				user: { name: 'Anna', colour: 'mint' },
			});
		}, patience);
		anna.close();
		await vi.waitFor(() => expect(paul.instance?.awareness.getStates().size).toBe(1), patience);
	});

	it('P1: shows no more than sixteen carets', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		const writers = Array.from({ length: 20 }, () => harness.write(sheet));
		await saved(...writers);
		await vi.waitFor(() => {
			for (const { instance } of writers) expect(instance?.awareness.getStates().size).toBeGreaterThanOrEqual(16);
		}, patience);
		for (const { instance } of writers) expect(instance?.awareness.getStates().size).toBeLessThanOrEqual(17);
	});

	it('T8: is read anew by a writer whose screen has come to show something else', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql, { sweepMs: 20, keepaliveMs: 100 });
		const sheet = await newSheet(database.sql, { dream: 'Ein Café' });
		const anna = harness.write(sheet);
		await saved(anna);
		const drifted = anna.instance;
		const item = drifted?.document.getText('dream')._start;
		if (!(item?.content instanceof Y.ContentString)) throw new Error('a string expected');
		item.content.str = 'Ein Cafe';
		await vi.waitFor(() => expect(textOf(anna)).toBe('Ein Café'), patience);
		expect(anna.instance).not.toBe(drifted);
		expect(anna.drafts).toEqual({});

		const steady = anna.instance;
		for (let round = 0; round < 40; round += 1) {
			type(anna, 'x');
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		await saved(anna);
		expect(anna.instance).toBe(steady);
	});

	it('C5: is closed to a connection that answers no ping', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql, { sweepMs: 20, keepaliveMs: 60 });
		const boardId = harness.board({ ideas: [], groups: [] });
		const [deaf, alive] = [await harness.raw(boardId), await harness.raw(boardId)];
		deaf.freeze();
		await new Promise((resolve) => setTimeout(resolve, 400));
		deaf.thaw();
		expect((await deaf.closed).code).toBe(1006);
		const keepalives = alive.frames.filter(([first]) => first === messageType.keepalive).length;
		expect(keepalives).toBeGreaterThan(3);
	});
});
