import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { sheetHeadings } from '#lib/domain/sheet.ts';
import { memoryStorage } from '#lib/live/device-storage.ts';
import { TextConnection } from '#lib/live/text-connection.ts';
import { commandAck } from '#lib/protocol/commands.ts';
import { closeCode } from '#lib/protocol/sync-wire.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { LiveConnection } from '../helpers/guest.ts';
import { seedIdea } from '../helpers/seeded-workshop.ts';
import { CuttableRoad } from '../live/sync-harness.ts';
import { ChaosServer } from './chaos-server.ts';
import { recordCloses } from './closes.ts';
import { seedEvening, type Evening, type Guest } from './evening.ts';
import { Line } from './line.ts';

/** An outage into which people write so much that the server can't keep all of it. */

const patience = { timeout: 60_000, interval: 50 };
const megabyte = 1024 * 1024;

let database: TestDatabase;
let road: CuttableRoad;
let server: ChaosServer;
let open: AsyncDisposableStack;
beforeEach(async () => {
	open = new AsyncDisposableStack();
	database = open.use(await createTestDatabase());
	const way = await CuttableRoad.to(database.url);
	road = open.use(way.road);
	server = open.use(await ChaosServer.start(way.url));
});
afterEach(() => open.disposeAsync());

test('T3: writers of a text that has too much waiting are sent away, keep it, and find it saved once', async () => {
	using closes = recordCloses();
	const evening = await seedEvening(database.sql, 9);
	const sheet = evening.seeded.tables[0].sheetId;
	const writers = await Promise.all(evening.people.map((guest) => writerOf(guest, sheet)));
	await vi.waitFor(() => expect(writers.map(({ status }) => status)).toEqual(writers.map(() => 'saved')), patience);
	const memoryBefore = await server.memory();

	road.cut();
	// 47 times 4,000 signs of three bytes, pasted and taken out again, by each of nine: 5 MB, where 4 MB may wait.
	for (let paste = 0; paste < 47; paste += 1) {
		for (const [index, writer] of writers.entries()) pasteAndDelete(writer, `[${String(index)}-${String(paste)}]`);
		await pause(20);
	}
	await vi.waitFor(() => expect(closes.codes).toContain(closeCode.tryAgain), patience);
	expect(writers.filter(({ status }) => status === 'saved')).toEqual([]);
	expect(writers.every(({ unsaved }) => unsaved)).toBe(true);
	expect(await readTextDocument(database.sql, sheet)).toMatchObject({ dream: 'A dream of table 1' });
	expect((await server.memory()) - memoryBefore).toBeLessThan(40 * megabyte);

	road.mend();
	await vi.waitFor(() => expect(writers.map(({ status }) => status)).toEqual(writers.map(() => 'saved')), patience);
	const { dream = '' } = await readTextDocument(database.sql, sheet);
	const words = writers.flatMap((_, writer) => Array.from({ length: 47 }, (_, paste) => `[${writer}-${paste}]`));
	expect(dream.match(/\[\d+-\d+\]/g)?.sort()).toEqual(words.sort());
	await vi.waitFor(() => expect(writers.map(shown)).toEqual(writers.map(() => dream)), patience);
	expect(writers.map(({ drafts, instance }) => [drafts, instance?.number])).toEqual(writers.map(() => [{}, 1]));
}, 120_000);

test('commands that find no room are told so at once, and are carried out once when they come again', async () => {
	const people = 200;
	const each = 110;
	const evening = await seedEvening(database.sql, people);
	const senders = await Promise.all(evening.people.map((guest) => senderOf(evening, guest)));
	await vi.waitFor(() => expect(senders.every(({ live }) => live.me !== undefined)).toBe(true), patience);

	road.cut();
	const answers = senders.map((sender) =>
		Array.from({ length: each }, (_, number) => askUntilDone(sender, `${sender.ideaId} ${String(number)}`)),
	);
	await vi.waitFor(() => expect(busy).toBeGreaterThan(0), patience);
	expect(done).toBe(0);
	road.mend();
	await Promise.all(answers.flat());

	expect(done).toBe(people * each);
	const [log] = await database.sql<[{ count: number }]>`
		select count(*) from command_log where name = 'idea.edit' and ack @> '{"ok": true}'`;
	expect(log.count).toBe(people * each);
	const rows = await database.sql<{ id: string; text: string }[]>`
		select id, text from idea where participant_id is not null`;
	expect(rows.filter(({ id, text }) => !text.startsWith(id))).toEqual([]);
}, 180_000);

let busy = 0;
let done = 0;

type Sender = { readonly live: LiveConnection; readonly ideaId: string };

async function senderOf({ seeded }: Evening, { cookie, participantId }: Guest): Promise<Sender> {
	const ideaId = await seedIdea(database.sql, { boardId: seeded.tables[0].boardId, text: 'first', participantId });
	const live = new LiveConnection(server.origin, cookie, 'participant', seeded.code);
	open.adopt(live, () => live.close());
	return { live, ideaId };
}

/** All at once, as no honest page does; again with the same id when it was told to come later. */
async function askUntilDone({ live, ideaId }: Sender, text: string): Promise<void> {
	const envelope = { id: randomUUID(), name: 'idea.edit', payload: { ideaId, text } };
	for (;;) {
		const ack = commandAck.parse(await live.sendRaw(envelope));
		if (ack.ok) {
			done += 1;
			return;
		}
		if (ack.error.code === 'command.busy') busy += 1;
		else expect(ack.error.code).toBe('request.tooMany');
		await pause(500);
	}
}

async function writerOf({ cookie }: Guest, documentId: string): Promise<TextConnection> {
	const line = open.use(await Line.to(server.origin, cookie));
	const writer = new TextConnection({
		address: line.documents,
		documentId,
		headings: sheetHeadings,
		storage: memoryStorage(),
		changed: () => undefined,
	});
	open.adopt(writer, () => writer.close());
	return writer;
}

function pasteAndDelete(writer: TextConnection, word: string): void {
	const text = writer.instance?.document.getText('dream');
	if (text === undefined) throw new Error('The text is not here');
	const { length } = text;
	text.insert(length, '語'.repeat(4_000));
	text.delete(length, 4_000);
	text.insert(length, word);
}

function shown(writer: TextConnection): string | undefined {
	return writer.instance?.document.getText('dream').toJSON();
}
