import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket as RawSocket } from 'ws';

import { sheetHeadings } from '#lib/domain/sheet.ts';
import { memoryStorage } from '#lib/live/device-storage.ts';
import { TextConnection } from '#lib/live/text-connection.ts';
import { protocolVersion } from '#lib/protocol/live.ts';
import { encodeSync, syncStep } from '#lib/protocol/sync-wire.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { isThorough } from '../helpers/thoroughness.ts';
import { ChaosServer } from './chaos-server.ts';
import { seedEvening, type Evening, type Guest } from './evening.ts';
import { Line } from './line.ts';
import { Person } from './person.ts';

/* Somebody takes nothing more of what the server sends, while everybody else goes on. */

const patience = { timeout: 60_000, interval: 50 };
const megabyte = 1024 * 1024;
/** What a slow client may cost the server; some of it are the documents themselves. */
const dearest = 20 * megabyte;
const words = '語'.repeat(280);
/** Each by nine writers and 10 KB long: more than the buffers of the operating system on the way take. */
const pastes = 180;

// Each text's connection listens for the end of the process.
process.setMaxListeners(30);

let database: TestDatabase;
let server: ChaosServer;
let open: AsyncDisposableStack;
beforeEach(async () => {
	open = new AsyncDisposableStack();
	database = open.use(await createTestDatabase());
	server = open.use(await ChaosServer.start(database.url));
});
afterEach(() => open.disposeAsync());

test('C4: who does not read a text is closed and comes back in step; the others get everything', async () => {
	const { seeded, people } = await seedEvening(database.sql, 11);
	const sheet = seeded.tables[0].sheetId;
	const [slow, healthy, ...writers] = await Promise.all(people.map((guest) => openText(guest, sheet)));
	if (slow === undefined || healthy === undefined) throw new Error('There are too few people');
	const all = [slow, healthy, ...writers];
	await vi.waitFor(() => expect(all.map(({ text }) => text.status)).toEqual(all.map(() => 'saved')), patience);
	const isThere = (client: number) => healthy.text.instance?.awareness.getStates().has(client);
	const slowId = slow.text.instance?.document.clientID ?? 0;
	await vi.waitFor(() => expect(isThere(slowId)).toBe(true), patience);
	const memoryBefore = await server.memory();

	slow.line.freeze();
	// What is pasted and taken out again in one commit never travels, so there is a pause between the two.
	for (let paste = 0; paste < pastes && isThere(slowId) === true; paste += 1) {
		for (const [index, { text }] of writers.entries()) append(text, pasteOf(index));
		await pause(30);
		for (const [index, { text }] of writers.entries()) takeOut(text, pasteOf(index));
		await pause(30);
	}
	// For the bytes that wait, and long before it has taken nothing for 20 s.
	await vi.waitFor(() => expect(isThere(slowId)).toBe(false), { timeout: 5_000, interval: 20 });
	expect((await server.memory()) - memoryBefore).toBeLessThan(dearest);

	for (const [index, { text }] of writers.entries()) append(text, `[${String(index)}]`);
	await vi.waitFor(() => expect(writers.every(({ text }) => text.status === 'saved')).toBe(true), patience);
	const { dream } = await readTextDocument(database.sql, sheet);
	await vi.waitFor(() => expect(shown(healthy.text)).toBe(dream), patience);

	slow.line.cut();
	slow.line.mend();
	await vi.waitFor(() => expect([slow.text.status, shown(slow.text)]).toEqual(['saved', dream]), patience);
	expect(all.map(({ text }) => [text.instance?.number, text.drafts])).toEqual(all.map(() => [1, {}]));
}, 90_000);

test('C4: who asks for a large board again and again and does not read it is closed', async () => {
	const { seeded, people } = await seedEvening(database.sql, 1);
	const { boardId } = seeded.tables[0];
	await database.sql`
		insert into idea (board_id, text, state, shows_name, sort_order, colour, published_at)
		select ${boardId}, ${words}, 'published', true, number, 'sun', now() from generate_series(1, 1000) as number`;
	const memoryBefore = await server.memory();
	const socket = await rawSocket(`${server.documents}/${boardId}`, people[0]);
	socket.pause();
	const stateVectorOfNothing = new Uint8Array([0]);
	await sendUntilClosed(socket, () => socket.send(encodeSync(syncStep.step1, stateVectorOfNothing)));
	expect((await server.memory()) - memoryBefore).toBeLessThan(dearest);
}, 90_000);

test('who asks for the live view again and again and does not read it is closed', async () => {
	const { seeded, people } = await seedEvening(database.sql, 2);
	const [hostile, honest] = people;
	await database.sql`
		insert into idea (board_id, text, state, shows_name, sort_order, colour, published_at, participant_id)
		select ${seeded.tables[0].boardId}, ${words}, 'published', true, number, 'sun', now(), ${hostile?.participantId ?? ''}
		from generate_series(1, 200) as number`;
	const person = comeIn(honest, seeded);
	const memoryBefore = await server.memory();
	const socket = await rawSocket(
		`${server.documents.replace('/sync', '')}/socket.io/?EIO=4&transport=websocket`,
		hostile,
	);
	const hello = { version: protocolVersion, audience: 'participant', workshop: seeded.code };
	socket.send(`40${JSON.stringify(hello)}`);
	await vi.waitFor(() => expect(person.view?.counts.present).toBe(2), patience);
	socket.pause();
	let most = 0;
	await vi.waitFor(async () => {
		for (let times = 0; times < 20; times += 1) socket.send('42["resync"]');
		// The answer to a ping that may never have been read.
		socket.send('3');
		most = Math.max(most, await server.memory());
		expect(person.view?.counts.present).toBe(1);
	}, patience);
	expect(most - memoryBefore).toBeLessThan(dearest);
	expect(await person.ask('idea.submit', { text: 'Nobody else noticed' })).toMatchObject({ ok: true });
}, 90_000);

test.runIf(isThorough)(
	'a frozen phone leaves the room within the time of a ping, and is in step when it thaws',
	async () => {
		const { seeded, people, facilitatorCookie } = await seedEvening(database.sql, 2);
		const line = open.use(await Line.to(server.origin, people[0]?.cookie));
		const phone = open.use(new Person({ origin: line.origin, cookie: '' }, 'participant', seeded.code));
		const writer = comeIn(people[1], seeded);
		const lead = open.use(
			new Person({ origin: server.origin, cookie: facilitatorCookie }, 'facilitator', seeded.workshopId),
		);
		await vi.waitFor(() => expect(lead.view?.counts.present).toBe(2), patience);
		line.freeze();
		await vi.waitFor(() => expect(lead.view?.counts.present).toBe(1), patience);
		expect(await writer.ask('idea.submit', { text: 'Written meanwhile' })).toMatchObject({ ok: true });
		line.cut();
		line.mend();
		await vi.waitFor(() => expect(lead.view?.counts.present).toBe(2), patience);
		await vi.waitFor(() => expect(phone.view?.counts).toEqual(writer.view?.counts), patience);
	},
	120_000,
);

type OpenText = { readonly text: TextConnection; readonly line: Line };

async function openText({ cookie }: Guest, documentId: string): Promise<OpenText> {
	const line = open.use(await Line.to(server.origin, cookie));
	const text = new TextConnection({
		address: line.documents,
		documentId,
		headings: sheetHeadings,
		storage: memoryStorage(),
		changed: () => undefined,
	});
	open.adopt(text, () => text.close());
	return { text, line };
}

function comeIn(guest: Guest | undefined, seeded: Evening['seeded']): Person {
	return open.use(new Person({ origin: server.origin, cookie: guest?.cookie ?? '' }, 'participant', seeded.code));
}

async function rawSocket(address: string, guest: Guest | undefined): Promise<RawSocket> {
	const socket = new RawSocket(address, { headers: { cookie: guest?.cookie ?? '' } });
	socket.on('error', () => undefined);
	open.adopt(socket, () => socket.terminate());
	await once(socket, 'open');
	return socket;
}

/** A socket that isn't read learns of its end when it writes. */
async function sendUntilClosed(socket: RawSocket, send: () => void): Promise<void> {
	await vi.waitFor(() => {
		if (socket.readyState !== RawSocket.OPEN) return;
		for (let times = 0; times < 20; times += 1) send();
		throw new Error('The server still takes it');
	}, patience);
}

/** Signs of three bytes that no other writer uses. */
function pasteOf(writer: number): string {
	return String.fromCodePoint(0x8a9e + writer).repeat(3_500);
}

function takeOut(writer: TextConnection, passage: string): void {
	const text = writer.instance?.document.getText('dream');
	const at = text?.toJSON().indexOf(passage) ?? -1;
	if (at >= 0) text?.delete(at, passage.length);
}

function append(writer: TextConnection, word: string): void {
	const text = writer.instance?.document.getText('dream');
	text?.insert(text.length, word);
}

function shown(writer: TextConnection): string | undefined {
	return writer.instance?.document.getText('dream').toJSON();
}
