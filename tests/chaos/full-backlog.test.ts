import { once } from 'node:events';

import * as decoding from 'lib0/decoding';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { sheetHeadings } from '#lib/domain/sheet.ts';
import { closeCode, encodeSync, readGranted, syncStep } from '#lib/protocol/sync-wire.ts';
import { createTextDocument, readTextDocument } from '#server/sync/text-document-service.ts';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { CuttableRoad } from '../live/sync-harness.ts';
import { ChaosServer } from './chaos-server.ts';
import { seedEvening, type Evening } from './evening.ts';
import { Line } from './line.ts';
import { Person } from './person.ts';
import { Random } from './random.ts';
import { Scribe } from './scribe.ts';

const patience = { timeout: 60_000, interval: 20 };
const megabyte = 1024 * 1024;
/** Seven times 240 KB stay within what one connection may send at once; 64 MB may wait in all, 4 MB for one text. */
const frameBytes = 240 * 1024;
const framesEach = 7;
const sheetCount = 22;
const floodersPerSheet = 2;

test('T3: when all that may wait is waiting, everybody is told, nobody else loses anything, and it passes', async () => {
	await using database = await createTestDatabase();
	const evening = await seedEvening(database.sql, 2);
	const sheets = await Promise.all(Array.from({ length: sheetCount }, () => newSheet(database, evening)));
	const { road, url } = await CuttableRoad.to(database.url);
	await using _road = road;
	await using server = await ChaosServer.start(url);
	using open = new DisposableStack();
	const { seeded, people, facilitatorCookie } = evening;
	const person = open.use(
		new Person({ origin: server.origin, cookie: people[0]?.cookie ?? '' }, 'participant', seeded.code),
	);
	await using line = await Line.to(server.origin, people[1]?.cookie);
	const sheet = { id: seeded.tables[0].sheetId, headings: sheetHeadings };
	const scribe = open.use(new Scribe(line.documents, sheet, 's', new Random(7)));
	const flooders = await Promise.all(
		sheets.flatMap((id) =>
			Array.from({ length: floodersPerSheet }, () => rawWriter(`${server.documents}/${id}`, facilitatorCookie)),
		),
	);
	for (const { socket } of flooders) open.adopt(socket, () => socket.terminate());
	await vi.waitFor(() => expect([scribe.isSaved, person.connected]).toEqual([true, true]), patience);

	road.cut();
	const resting = new AbortController();
	const writing = scribe.write(resting.signal);
	const asked = person.ask('idea.submit', { text: 'Asked while nothing is saved' });
	const bytes = encodeSync(syncStep.update, new Uint8Array(frameBytes));
	for (const { socket } of flooders) for (let frame = 0; frame < framesEach; frame += 1) socket.send(bytes);
	await vi.waitFor(() => expect(person.storage).toBe('full'), patience);
	await vi.waitFor(
		() => expect(flooders.map((flooder) => flooder.closedWith())).toContain(closeCode.tryAgain),
		patience,
	);
	expect(await server.memory()).toBeLessThan(200 * megabyte);
	expect(person.pending).toBe(1);

	road.mend();
	expect(await asked).toMatchObject({ ok: true });
	resting.abort();
	await writing;
	await vi.waitFor(() => expect([scribe.isSaved, person.storage]).toEqual([true, 'ok']), patience);
	const stored = await readTextDocument(database.sql, sheet.id);
	expect(scribe.faultsIn(stored.dream ?? '')).toEqual([]);
	expect(scribe.text.drafts).toEqual({});
	const rows = await database.sql`select from idea where text = 'Asked while nothing is saved'`;
	expect(rows).toHaveLength(1);
	for (const id of sheets) expect(await readTextDocument(database.sql, id)).toMatchObject({ dream: 'as it was' });
}, 120_000);

function newSheet({ sql }: TestDatabase, { seeded }: Evening): Promise<string> {
	const { workshopId } = seeded;
	return createTextDocument(sql, {
		workshopId,
		tableId: null,
		projectId: null,
		headings: sheetHeadings,
		text: { dream: 'as it was' },
	});
}

type RawWriter = { readonly socket: WebSocket; closedWith(): number | undefined };

/** A connection that may write and can send anything. */
async function rawWriter(address: string, cookie: string): Promise<RawWriter> {
	const asking = new WebSocket(`${address}?grant`, { headers: { cookie } });
	const [message] = (await once(asking, 'message')) as [Buffer];
	const decoder = decoding.createDecoder(message);
	decoding.readVarUint(decoder);
	const { clientId, proof } = readGranted(decoder);
	const socket = new WebSocket(`${address}?client=${String(clientId)}&proof=${proof}`, { headers: { cookie } });
	let closedWith: number | undefined;
	socket.on('error', () => undefined);
	socket.on('close', (code) => (closedWith = code));
	await once(socket, 'open');
	return { socket, closedWith: () => closedWith };
}
