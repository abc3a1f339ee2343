import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';

import { fetchGrant } from '#lib/live/text-grant.ts';
import type { TextConnection } from '#lib/live/text-connection.ts';
import { closeCodeOf, encodeAwareness, encodeSync, messageType, syncStep } from '#lib/protocol/sync-wire.ts';
import { forgedUpdate, hostileUpdate } from '#server/sync/testing/hostile-updates.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import { createTestDatabase } from '../helpers/database.ts';
import { times } from '../helpers/thoroughness.ts';
import { newSheet, SyncHarness, type RawClient } from './sync-harness.ts';

const patience = { timeout: 10_000, interval: 10 };

async function grantedSocket(harness: SyncHarness, sheet: string): Promise<{ client: RawClient; clientId: number }> {
	const { clientId, proof } = await fetchGrant(harness.address, sheet);
	return { client: await harness.raw(sheet, `?client=${clientId}&proof=${proof}`), clientId };
}

function textOf(writer: TextConnection): string | undefined {
	return writer.instance?.document.getText('dream').toJSON();
}

describe('a hostile client', () => {
	it('C6: closes only itself with frames that are not the protocol', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql, { dream: 'Ein Café' });
		const boardId = harness.board({ ideas: [], groups: [] });
		const anna = harness.write(sheet);
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);

		const frames: (Uint8Array | string)[] = [
			'text',
			Uint8Array.of(),
			Uint8Array.of(0),
			Uint8Array.of(0, 0),
			Uint8Array.of(0, 0, 5, 1),
			Uint8Array.of(0, 0, 2, 0xff, 0xff),
			Uint8Array.of(0, 7, 0),
			Uint8Array.of(2, 0),
			Uint8Array.of(99),
			Uint8Array.of(0, 0, ...new Array<number>(9).fill(0xff)),
		];
		for (const frame of frames) {
			for (const open of [() => grantedSocket(harness, sheet), async () => ({ client: await harness.raw(boardId) })]) {
				const { client } = await open();
				client.send(frame);
				const { code } = await client.closed;
				expect([closeCodeOf('protocol.invalid'), closeCodeOf('board.readOnly')]).toContain(code);
			}
		}
		const { client } = await grantedSocket(harness, sheet);
		client.send(Uint8Array.of(messageType.awareness, 200, 1));
		expect((await client.closed).reason).toBe('protocol.invalid');
		expect(anna.status).toBe('saved');
	});

	it('gets its update refused whole, with a message and a code', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql, { dream: 'Ein Café' });
		const anna = harness.write(sheet);
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		const document = new Y.Doc();
		const { client, clientId } = await grantedSocket(harness, sheet);
		document.clientID = clientId;
		document.getText('dream').insert(0, 'Gratis! ', { bold: true });
		client.send(encodeSync(syncStep.update, Y.encodeStateAsUpdate(document)));
		expect(await client.closed).toEqual({ code: closeCodeOf('text.refused'), reason: 'text.refused' });
		expect(client.frames.some(([type]) => type === messageType.refused)).toBe(true);
		expect(textOf(anna)).toBe('Ein Café');
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'Ein Café' });
	});

	it('C6: is closed for a flood and for a frame that is too large; the others write on', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		const anna = harness.write(sheet);
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		const flood = await grantedSocket(harness, sheet);
		for (let index = 0; index < 1_000; index += 1) flood.client.send(encodeSync(syncStep.step1, Uint8Array.of(0)));
		expect((await flood.client.closed).reason).toBe('request.tooMany');
		const large = await grantedSocket(harness, sheet);
		large.client.send(new Uint8Array(400 * 1024));
		expect((await large.client.closed).code).toBe(1009);

		anna.instance?.document.getText('dream').insert(0, 'unbothered');
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'unbothered' });
	});

	it('P2: can’t show a caret with a foreign name, for somebody else, or in a place that breaks editors', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql);
		const anna = harness.write(sheet);
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		const { client, clientId } = await grantedSocket(harness, sheet);
		const says = (id: number, clock: number, state: unknown) =>
			client.send(
				encodeAwareness(
					encoding.encode((encoder) => {
						encoding.writeVarUint(encoder, 1);
						encoding.writeVarUint(encoder, id);
						encoding.writeVarUint(encoder, clock);
						encoding.writeVarString(encoder, typeof state === 'string' ? state : JSON.stringify(state));
					}),
				),
			);
		says(anna.instance?.document.clientID ?? 0, 9_999, null);
		says(clientId, 1, 'not JSON');
		says(clientId, 2, { cursor: { anchor: { type: { client: 9, clock: 9 } }, head: {} } });
		says(clientId, 3, { cursor: { anchor: { tname: 'elsewhere' }, head: { tname: 'elsewhere' } } });
		says(clientId, 4, { user: { name: 'x'.repeat(5_000) } });
		const place = { tname: 'dream', item: null, assoc: 0 };
		says(clientId, 5, { cursor: { anchor: place, head: place }, user: { name: 'Mayor' }, more: 'data' });
		await vi.waitFor(() => {
			const states = anna.instance?.awareness.getStates();
			expect(states?.get(clientId)).toEqual({
				cursor: { anchor: place, head: place },
				user: { name: 'Anna', colour: 'mint' },
			});
		}, patience);
		expect(anna.instance?.awareness.getLocalState()).not.toBeNull();
	});

	it('changes nothing with whatever bytes it sends as an update', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const sheet = await newSheet(database.sql, { dream: 'Ein Café' });
		const anna = harness.write(sheet);
		await vi.waitFor(() => expect(anna.status).toBe('saved'), patience);
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (noise) => {
				const { client } = await grantedSocket(harness, sheet);
				client.send(encodeSync(syncStep.update, noise));
				client.send(Uint8Array.of(99));
				await client.closed;
			}),
			{ numRuns: 60 },
		);
		expect(textOf(anna)).toBe('Ein Café');
		expect(anna.status).toBe('saved');
	});

	it(
		'C6, G1: hurts nobody who writes the same text, whatever updates, frames and floods it sends',
		{ timeout: 300_000 },
		async () => {
			await using database = await createTestDatabase();
			await using harness = await SyncHarness.start(database.sql, { sweepMs: 20, keepaliveMs: 80 });
			const sheet = await newSheet(database.sql, { challenge: 'Wéi kënne mir 😀 zesummen?', dream: 'Ein Café' });
			const writers = [harness.write(sheet), harness.write(sheet)];
			const saved = () =>
				vi.waitFor(() => expect(writers.map(({ status }) => status)).toEqual(['saved', 'saved']), patience);
			await saved();
			const instances = writers.map(({ instance }) => instance);
			const attack = fc.oneof(
				{ weight: 8, arbitrary: hostileUpdate.map((update) => [encodeSync(syncStep.update, update)]) },
				{ weight: 2, arbitrary: hostileUpdate.map((update) => [encodeSync(syncStep.step2, update)]) },
				{ weight: 2, arbitrary: fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 4 }) },
				{ weight: 1, arbitrary: fc.string().map((text) => [text]) },
				{ weight: 1, arbitrary: fc.constant([new Uint8Array(330 * 1024)]) },
				{ weight: 1, arbitrary: fc.constant(new Array<Uint8Array>(400).fill(Uint8Array.of(0, 0, 1, 0))) },
			);
			const typed: string[] = [];
			for (const [round, frames] of fc.sample(attack, { numRuns: times(40, 800), seed: 6 }).entries()) {
				const { client, clientId } = await grantedSocket(harness, sheet);
				for (const frame of frames) client.send(frame);
				const forged = fc.sample(forgedUpdate(clientId), { numRuns: 3, seed: round });
				if (round % 2 === 0) for (const update of forged) client.send(encodeSync(syncStep.update, update));
				// A frame that ends every connection, so that the end tells that all before it were taken.
				client.send(Uint8Array.of(99));
				typed.push(`«${round}»`);
				writers[round % 2]?.instance?.document.getText('challenge').insert(0, `«${round}»`);
				await client.closed;
				if (round % 10 === 9) await saved();
			}
			await saved();
			const textsOf = () => writers.map(({ instance }) => instance?.document.getText('challenge').toJSON() ?? '');
			await vi.waitFor(() => expect(new Set(textsOf()).size).toBe(1), patience);
			const [text = ''] = textsOf();
			expect(typed.filter((words) => !text.includes(words))).toEqual([]);
			expect(writers.map(({ instance }) => instance)).toEqual(instances);
			expect(await readTextDocument(database.sql, sheet)).toMatchObject({ challenge: text });
		},
	);
});
