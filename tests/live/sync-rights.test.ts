import { randomUUID } from 'node:crypto';

import { WebSocket } from 'ws';
import { describe, expect, it, vi } from 'vitest';

import { ideaId } from '#lib/domain/ids.ts';
import { memoryStorage } from '#lib/live/device-storage.ts';
import type { TextConnection } from '#lib/live/text-connection.ts';
import { closeCodeOf, encodeSync, messageType, syncStep } from '#lib/protocol/sync-wire.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import { createTestDatabase } from '../helpers/database.ts';
import { newSheet, SyncHarness } from './sync-harness.ts';

const patience = { timeout: 10_000, interval: 10 };

function type(writer: TextConnection, words: string): void {
	writer.instance?.document.getText('dream').insert(0, words);
}

describe('the right to a document', () => {
	it('C1: is asked for at the door, with a code that the page understands', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		harness.denied.set(sheet, 'access.otherTable');
		const anna = harness.write(sheet);
		await vi.waitFor(() => expect(anna.status).toBe('refused'), patience);
		expect(anna.refusedBy).toBe('access.otherTable');
		const client = await harness.raw(sheet);
		expect(await client.closed).toEqual({ code: closeCodeOf('access.otherTable'), reason: 'access.otherTable' });
	});

	it('C2: closes a standing subscription when it is revoked, before the next change goes out', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const [boardId, otherId] = [harness.board({ ideas: [], groups: [] }), harness.board({ ideas: [], groups: [] })];
		const [reader, other] = [harness.watch(boardId), harness.watch(otherId)];
		await vi.waitFor(() => expect([reader.status, other.status]).toEqual(['live', 'live']), patience);
		const raw = await harness.raw(boardId);
		raw.send(encodeSync(syncStep.step1, Uint8Array.of(0)));
		await vi.waitFor(() => expect(raw.frames.length).toBeGreaterThan(1), patience);
		const framesBefore = raw.frames.length;

		harness.denied.set(boardId, 'access.denied');
		const done = harness.sync.recheck(({ documentId }) => documentId === boardId);
		const secret = {
			id: ideaId.parse(randomUUID()),
			text: 'for the new people only',
			groupId: null,
			order: 1,
			colour: 'sun' as const,
		};
		harness.sync.boards.apply(boardId, [{ kind: 'put-idea', idea: secret }]);
		await done;
		await vi.waitFor(() => expect(reader.status).toBe('refused'), patience);
		expect(reader.refusedBy).toBe('access.denied');
		expect(reader.content?.ideas).toEqual([]);
		expect((await raw.closed).reason).toBe('access.denied');
		expect(raw.frames.length).toBe(framesBefore);
		expect(other.status).toBe('live');
	});

	it('C2: is closed to nobody whom a recheck finds still allowed, and they miss nothing', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const boardId = harness.board({ ideas: [], groups: [] });
		const reader = harness.watch(boardId);
		await vi.waitFor(() => expect(reader.status).toBe('live'), patience);
		for (let order = 0; order < 20; order += 1) {
			void harness.sync.recheck(() => true);
			const idea = { id: ideaId.parse(randomUUID()), text: `${order}`, groupId: null, order, colour: 'sun' as const };
			harness.sync.boards.apply(boardId, [{ kind: 'put-idea', idea }]);
			await new Promise((resolve) => setTimeout(resolve, 3));
		}
		await vi.waitFor(() => expect(reader.content?.ideas.length).toBe(20), patience);
	});

	it('C3: to write ends with a grace: the sentence in flight lands, the next one becomes a draft', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql, { writeGraceMs: 400 });
		const sheet = await newSheet(database.sql);
		const anna = harness.write(sheet);
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		harness.readOnly.add(sheet);
		const rechecked = harness.sync.recheck(() => true);
		type(anna, 'in flight');
		await rechecked;
		await vi.waitFor(() => expect([anna.status, anna.mayWrite]).toEqual(['saved', false]), patience);
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'in flight' });

		await new Promise((resolve) => setTimeout(resolve, 450));
		type(anna, 'too late ');
		await vi.waitFor(() => expect(anna.drafts).toEqual({ dream: 'too late' }), patience);
		expect(anna.instance?.document.getText('dream').toJSON()).toBe('in flight');
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'in flight' });
	});

	it('given back lets the same instance write on', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		harness.readOnly.add(sheet);
		const anna = harness.write(sheet);
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		expect(anna.mayWrite).toBe(false);
		harness.readOnly.delete(sheet);
		await harness.sync.recheck(() => true);
		await vi.waitFor(() => expect(anna.mayWrite).toBe(true), patience);
		type(anna, 'now');
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'now' });
	});

	it('T9: lost while away makes a draft of what was typed, also over a reload of the page', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql, { dream: 'Ein Café' });
		const storage = memoryStorage();
		const anna = harness.write(sheet, storage);
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		await harness.sync.close();
		await vi.waitFor(() => expect(anna.status).toBe('offline'), patience);
		type(anna, 'Und ein Garten. ');
		harness.readOnly.add(sheet);
		anna.close();
		await harness.restart();
		const reloaded = harness.write(sheet, storage);
		await vi.waitFor(() => expect(reloaded.drafts).toEqual({ dream: 'Und ein Garten.' }), patience);
		reloaded.dropDraft('dream');
		await vi.waitFor(() => expect(storage.keys('')).toEqual([]), patience);
	});

	it('C1: isn’t given to a page of another origin, nor to an address that names no document', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		const statusOf = (url: string, origin?: string) =>
			new Promise<number | undefined>((resolve) => {
				const socket = new WebSocket(url, origin === undefined ? {} : { origin });
				socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
				socket.on('error', () => undefined);
			});
		expect(await statusOf(`${harness.address}/${sheet}`, 'https://elsewhere.example')).toBe(403);
		expect(await statusOf(`${harness.address}/../etc/passwd`)).toBe(404);
		const unknown = await harness.raw(randomUUID(), '?grant');
		expect((await unknown.closed).reason).toBe('document.unknown');
	});

	it('T7: to a clientID is proven: nobody writes as somebody else', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		const anna = harness.write(sheet);
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		const clientId = anna.instance?.document.clientID ?? 0;
		for (const query of ['', `?client=${clientId}`, `?client=${clientId}&proof=guessed`, '?client=1e9&proof=x']) {
			const forger = await harness.raw(sheet, query);
			expect(await forger.closed).toEqual({ code: closeCodeOf('protocol.invalid'), reason: 'protocol.invalid' });
			expect(forger.frames.filter(([type]) => type === messageType.sync)).toEqual([]);
		}
		expect(anna.status).toBe('saved');
	});
});
