import { createDecoder, readVarUint } from 'lib0/decoding';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';

import type { TextConnection } from '#lib/live/text-connection.ts';
import { fetchGrant } from '#lib/live/text-grant.ts';
import { closeCodeOf, encodeSync, messageType, readKeepalive, syncStep, textDigest } from '#lib/protocol/sync-wire.ts';
import { editText } from '#server/sync/testing/edit-text.ts';
import { forge, type ForgedUpdate } from '#server/sync/testing/forge.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import { createTestDatabase } from '../helpers/database.ts';
import { headings, newSheet, SyncHarness, type RawClient } from './sync-harness.ts';

const patience = { timeout: 10_000, interval: 10 };
const inAHurry = { sweepMs: 20, keepaliveMs: 80 };

function documentOf(writer: TextConnection): Y.Doc {
	if (writer.instance === null) throw new Error('the text is not here yet');
	return writer.instance.document;
}

function textOf(writer: TextConnection): string {
	return writer.instance?.document.getText('dream').toJSON() ?? '';
}

async function saved(...writers: TextConnection[]): Promise<void> {
	await vi.waitFor(() => {
		for (const writer of writers) expect(writer.status).toBe('saved');
	}, patience);
}

/** Puts something into a replica that neither server nor others hear of. */
function bringIn(writer: TextConnection, update: ForgedUpdate): void {
	const document = documentOf(writer);
	const listeners = document._observers.get('update') ?? new Set();
	document._observers.delete('update');
	Y.applyUpdate(document, forge(update));
	document._observers.set('update', listeners);
}

/** How many keepalives have come whose digest is that of the document. */
function fittingKeepalives({ frames }: RawClient, document: Y.Doc): number {
	const digests = frames.map(createDecoder).flatMap((decoder) => {
		return readVarUint(decoder) === messageType.keepalive ? [readKeepalive(decoder)] : [];
	});
	return digests.filter((digest) => digest === textDigest(document)).length;
}

describe('a text that differs from the server’s', () => {
	it('T8: because of structs that the server has otherwise, is read anew', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql, inAHurry);
		const sheet = await newSheet(database.sql, { dream: 'Ein Café' });
		const [anna, paul] = [harness.write(sheet), harness.write(sheet)];
		await saved(anna, paul);
		const drifted = anna.instance;
		const paulsId = documentOf(paul).clientID;
		bringIn(anna, { sections: [{ client: paulsId, clock: 0, structs: [{ text: 'Kee ' }] }] });
		documentOf(paul).getText('dream').insert(0, 'Gratis: ');

		await vi.waitFor(() => expect(textOf(anna)).toBe('Gratis: Ein Café'), patience);
		expect(anna.instance).not.toBe(drifted);
		expect(anna.drafts).toEqual({});
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'Gratis: Ein Café' });
		documentOf(anna).getText('dream').insert(0, 'Neu! ');
		await saved(anna, paul);
		await vi.waitFor(() => expect(textOf(paul)).toBe('Neu! Gratis: Ein Café'), patience);
	});

	it('T8: because of impossible origins and a deletion, under two headings, is read anew', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql, inAHurry);
		const sheet = await newSheet(database.sql, { challenge: 'Wéi?', dream: 'Ein Café' });
		const anna = harness.write(sheet);
		await saved(anna);
		const drifted = anna.instance;
		const [first = 0] = [...documentOf(anna).store.clients.keys()];
		bringIn(anna, {
			sections: [
				{ client: 7, clock: 0, structs: [{ origin: [first, 2], rightOrigin: [first, 1] }, { root: 'dream' }] },
			],
			deletions: [{ client: first, ranges: [[0, 1]] }],
		});
		const shown = headings.map((heading) => documentOf(anna).getText(heading).toJSON());
		expect(shown).not.toEqual(['Wéi?', 'Ein Café']);
		await vi.waitFor(() => {
			expect(anna.instance).not.toBe(drifted);
			expect(headings.map((heading) => documentOf(anna).getText(heading).toJSON())).toEqual(['Wéi?', 'Ein Café']);
		}, patience);
	});

	it('G15: is nobody’s after forged origins, because they are refused', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql, inAHurry);
		const sheet = await newSheet(database.sql, { dream: 'ab' });
		const anna = harness.write(sheet);
		await saved(anna);
		const instance = anna.instance;
		const { clientId, proof } = await fetchGrant(harness.address, sheet);
		const forger = await harness.raw(sheet, `?client=${clientId}&proof=${proof}`);
		const [writer = 0] = [...documentOf(anna).store.clients.keys()];
		const structs = [{ origin: [writer, 1] as const }, { rightOrigin: [clientId, 0] as const }];
		forger.send(encodeSync(syncStep.update, forge({ sections: [{ client: clientId, clock: 0, structs }] })));
		documentOf(anna).getText('dream').insert(2, 'c');
		expect((await forger.closed).code).toBe(closeCodeOf('text.refused'));
		await saved(anna);
		expect([textOf(anna), anna.instance]).toEqual(['abc', instance]);
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'abc' });
	});
});

describe('the undo of Yjs', () => {
	it('T8: makes nobody’s text drift, whatever others wrote and deleted meanwhile', { timeout: 60_000 }, async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql, inAHurry);
		const sheet = await newSheet(database.sql, { dream: 'Eng al Gare 🚉 am Duerf' });
		const writers = [harness.write(sheet), harness.write(sheet), harness.write(sheet)];
		await saved(...writers);
		const instances = writers.map(({ instance }) => instance);
		const undo = writers.map((writer) => new Y.UndoManager(documentOf(writer).getText('dream'), { captureTimeout: 0 }));
		for (let round = 0; round < 120; round += 1) {
			const index = (round * 7) % 3;
			const writer = writers[index];
			if (writer === undefined) throw new Error('three writers expected');
			const dream = documentOf(writer).getText('dream');
			if (round % 4 === 1) editText(dream, { at: round * 5, length: 4 });
			else if (round % 4 === 2) undo[index]?.undo();
			else if (round % 8 === 7) undo[index]?.redo();
			else editText(dream, { at: round * 11, text: `w${round} 🚉` });
			if (round % 5 === 0) await saved(writer);
		}
		await saved(...writers);
		await vi.waitFor(() => expect(new Set(writers.map(textOf)).size).toBe(1), patience);
		const [anna] = writers;
		if (anna === undefined) throw new Error('three writers expected');
		const watcher = await watch(harness, sheet);
		await vi.waitFor(() => expect(fittingKeepalives(watcher, documentOf(anna))).toBeGreaterThan(3), patience);
		expect(writers.map(({ instance }) => instance)).toEqual(instances);
		expect(writers.map(({ drafts }) => drafts)).toEqual([{}, {}, {}]);
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: textOf(anna) });
	});
});

/** A socket that only hears the keepalives. */
async function watch(harness: SyncHarness, sheet: string): Promise<RawClient> {
	const { clientId, proof } = await fetchGrant(harness.address, sheet);
	return harness.raw(sheet, `?client=${clientId}&proof=${proof}`);
}
