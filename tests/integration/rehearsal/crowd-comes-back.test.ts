import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

import { RunningCrowd } from '#server/rehearsal/running-crowd.ts';
import { createTestDatabase } from '#tests/helpers/database.ts';
import { freePort } from '#tests/helpers/free-port.ts';
import { runProgram } from '#tests/helpers/program.ts';
import { seedWorkshop } from '#tests/helpers/seeded-workshop.ts';

const script = fileURLToPath(new URL('../../helpers/app-process.ts', import.meta.url));
const patience = { timeout: 30_000, interval: 50 };
const people = 10;

it('comes back after the server was killed, as the same people, with everything it had not heard of yet', async () => {
	await using database = await createTestDatabase();
	const { code, workshopId } = await seedWorkshop(database.sql, { step: 'collect' });
	const dataDir = await mkdtemp(path.join(tmpdir(), 'boost-crowd-'));
	const port = await freePort();
	const start = async () => {
		const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: String(port) };
		const server = runProgram(process.execPath, [script], { env });
		await server.line(/listening/);
		return server;
	};
	const server = await start();
	const plan = { participants: people, ideasPerMinute: 10, minutes: 10 };
	const origin = `http://127.0.0.1:${String(port)}`;
	await using crowd = new RunningCrowd({ type: 'begin', origin, code, plan, seed: 3 });
	await expect.poll(() => crowd.figures, patience).toMatchObject({ phase: 'running', connected: people });
	await expect.poll(() => crowd.figures?.ideas, patience).toBeGreaterThan(2);
	server.kill('SIGKILL');
	await server.ended;
	await expect.poll(() => crowd.figures?.connected, patience).toBe(0);

	await using _restarted = await start();
	await expect.poll(() => crowd.figures?.connected, patience).toBe(people);
	const before = crowd.figures?.ideas ?? 0;
	await expect.poll(() => crowd.figures?.ideas, patience).toBeGreaterThan(before);
	crowd.stop();
	expect(await crowd.ended).toBe(true);
	expect(crowd.figures).toMatchObject({ joined: people, lost: 0, duplicated: 0 });
	const [row] = await database.sql`
		select (select count(*) from participant where workshop_id = ${workshopId}) as people, count(*) as ideas from idea`;
	expect(row).toEqual({ people, ideas: crowd.figures?.ideas });
	await rm(dataDir, { recursive: true, force: true });
});
