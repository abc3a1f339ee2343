import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { connect } from '#server/db/client.ts';
import { EmbeddedPostgres } from '#server/db/embedded.ts';
import { type Program, runProgram } from '#tests/helpers/program.ts';

let dataDir: string;
beforeEach(async () => {
	dataDir = await mkdtemp(path.join(tmpdir(), 'boost-embedded-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

function startWriter(first: number): Program {
	return runProgram(process.execPath, [path.resolve('tests/helpers/row-writer.ts'), dataDir, String(first)]);
}

async function parentOf(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
}

async function childrenOf(pid: number): Promise<number[]> {
	const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
	return list.trim().split(' ').map(Number);
}

const acknowledged = (writer: Program) =>
	writer.lines.flatMap((line) => (line.startsWith('wrote ') ? [Number(line.slice(6))] : []));

async function afterRows(writer: Program, count: number): Promise<void> {
	await vi.waitFor(() => expect(acknowledged(writer).length).toBeGreaterThan(count), { timeout: 15_000, interval: 10 });
}

async function storedRows(): Promise<Set<number>> {
	const server = await EmbeddedPostgres.start({ dataDir });
	const database = connect(server.url, { max: 1 });
	try {
		const rows = await database<{ number: number }[]>`select number from written`;
		return new Set(rows.map(({ number }) => number));
	} finally {
		await database.end();
		await server.stop();
	}
}

test('a program that is killed again and again loses no row it was told is saved', async () => {
	const promised: number[] = [];
	for (const round of [0, 1, 2, 3]) {
		const writer = startWriter(round * 1_000_000);
		await writer.line(/^ready/);
		await afterRows(writer, 50 + round * 37);
		writer.kill('SIGKILL');
		await writer.ended;
		promised.push(...acknowledged(writer));
	}
	const stored = await storedRows();
	expect(promised.filter((number) => !stored.has(number))).toEqual([]);
}, 60_000);

test('a server that is killed comes back under the running program, with every row it has acknowledged', async () => {
	await using writer = startWriter(0);
	const ready = await writer.line(/^ready/);
	await afterRows(writer, 100);
	process.kill(Number(ready.split(' ')[1]), 'SIGKILL');
	await writer.line(/^restarting/);
	const before = acknowledged(writer).length;
	await afterRows(writer, before + 100);
	writer.kill('SIGKILL');
	await writer.ended;
	const stored = await storedRows();
	expect(acknowledged(writer).filter((number) => !stored.has(number))).toEqual([]);
}, 60_000);

test('a second program on the same folder is refused, and the first goes on', async () => {
	await using writer = startWriter(0);
	await writer.line(/^ready/);
	await expect(EmbeddedPostgres.start({ dataDir })).rejects.toThrow(`running with the data in ${dataDir}`);
	await afterRows(writer, acknowledged(writer).length + 10);
}, 30_000);

test('of two programs that start at the same moment, on a new folder too, one is refused', async () => {
	const starts = await Promise.allSettled([EmbeddedPostgres.start({ dataDir }), EmbeddedPostgres.start({ dataDir })]);
	expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	for (const start of starts) if (start.status === 'fulfilled') await start.value.stop();
}, 30_000);

test.runIf(process.platform === 'linux')(
	'a server whose watchdog was killed as well is stopped by the next start',
	async () => {
		const writer = startWriter(0);
		const ready = await writer.line(/^ready/);
		const serverPid = Number(ready.split(' ')[1]);
		const watchdogPid = await parentOf(serverPid);
		for (const pid of [watchdogPid, ...(await childrenOf(watchdogPid))])
			if (pid !== serverPid) process.kill(pid, 'SIGKILL');
		writer.kill('SIGKILL');
		await writer.ended;
		const server = await EmbeddedPostgres.start({ dataDir });
		expect(server.serverPid).not.toBe(serverPid);
		await server.stop();
	},
	60_000,
);

test('after a stop nothing is left running and the folder opens again at once', async () => {
	const first = await EmbeddedPostgres.start({ dataDir });
	const pid = first.serverPid ?? 0;
	await first.stop();
	expect(() => process.kill(pid, 0)).toThrow('ESRCH');
	const started = Date.now();
	const second = await EmbeddedPostgres.start({ dataDir });
	expect(Date.now() - started).toBeLessThan(3_000);
	await second.stop();
}, 30_000);
