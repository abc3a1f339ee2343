import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { commandAck, type CommandAck } from '#lib/protocol/commands.ts';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { freePort } from '../helpers/free-port.ts';
import { Guest, type LiveConnection } from '../helpers/guest.ts';
import { runProgram, type Program } from '../helpers/program.ts';
import { seedWorkshop } from '../helpers/seeded-workshop.ts';

const writers = 12;
const kills = 3;
const patience = { timeout: 20_000, interval: 25 };
const appProcess = fileURLToPath(new URL('../helpers/app-process.ts', import.meta.url));

let database: TestDatabase;
let dataDir: string;
beforeAll(async () => {
	database = await createTestDatabase();
	dataDir = await mkdtemp(path.join(tmpdir(), 'boost-crash-'));
});
afterAll(async () => {
	await database[Symbol.asyncDispose]();
	await rm(dataDir, { recursive: true, force: true });
});

async function start(port: number): Promise<Program> {
	const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: String(port) };
	const program = runProgram(process.execPath, [appProcess], { env });
	await program.line(/listening/);
	return program;
}

/** Sends a command until it is answered, with the same id each time, as the outbox of a browser does. */
async function sendUntilAnswered(live: LiveConnection, text: string): Promise<CommandAck> {
	const envelope = { id: randomUUID(), name: 'idea.submit', payload: { text } };
	for (;;) {
		try {
			const answer: unknown = await live.socket.timeout(1_000).emitWithAck('command', envelope);
			return commandAck.parse(answer);
		} catch {
			// Not answered in time: the server is gone or starting. The same command goes again.
			await pause(50);
		}
	}
}

test('whatever was acknowledged survives kill -9, and what was in flight arrives once', async () => {
	const seeded = await seedWorkshop(database.sql, { step: 'collect' });
	const port = await freePort();
	let server = await start(port);
	using room = new DisposableStack();
	const guests = Array.from({ length: writers }, () => room.use(new Guest(`http://127.0.0.1:${String(port)}`)));
	await Promise.all(guests.map((guest) => guest.join(seeded.code)));
	const connections = guests.map((guest) => guest.live('participant', seeded.code));
	await vi.waitFor(() => {
		expect(connections.every((live) => live.me !== undefined)).toBe(true);
	}, patience);

	const acknowledged = new Set<string>();
	let writing = true;
	const loops = connections.map(async (live, writer) => {
		for (let number = 0; writing; number += 1) {
			const text = `Idea ${String(number)} of writer ${String(writer)}`;
			const ack = await sendUntilAnswered(live, text);
			if (ack.ok) acknowledged.add(text);
			await pause(10);
		}
	});

	for (let kill = 0; kill < kills; kill += 1) {
		const before = acknowledged.size;
		await vi.waitFor(() => {
			expect(acknowledged.size).toBeGreaterThan(before + 50);
		}, patience);
		server.kill('SIGKILL');
		await server.ended;
		const rows = await textsIn(seeded.plenaryBoardId);
		expect([...acknowledged].filter((text) => !rows.includes(text))).toEqual([]);
		server = await start(port);
	}
	writing = false;
	await Promise.all(loops);

	const rows = await textsIn(seeded.plenaryBoardId);
	expect(new Set(rows).size).toBe(rows.length);
	expect(new Set(rows)).toEqual(acknowledged);

	const reader = guests[0]?.board(seeded.plenaryBoardId);
	await vi.waitFor(() => {
		expect(reader?.content.ideas).toHaveLength(rows.length);
	}, patience);
	await server[Symbol.asyncDispose]();
});

async function textsIn(boardId: string): Promise<string[]> {
	const rows = await database.sql<{ text: string }[]>`select text from idea where board_id = ${boardId}`;
	return rows.map((row) => row.text);
}
