import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { buildPagesIfNeeded } from '#server/launch/page-build.ts';
import { createTestDatabase } from '#tests/helpers/database.ts';
import { freePort } from '#tests/helpers/free-port.ts';
import { type Program, runProgram } from '#tests/helpers/program.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const stopWithinMs = 5_000;

let folder: string;
let port: number;

beforeAll(() => buildPagesIfNeeded(() => undefined), 300_000);
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'boost-launch-'));
	port = await freePort();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Settings = Record<string, string>;

function environment(settings: Settings): NodeJS.ProcessEnv {
	const { PATH, HOME } = process.env;
	return { PATH, HOME, PORT: String(port), DATA_DIR: path.join(folder, 'data'), LOAD_DEMO: 'no', ...settings };
}

function npmStart(settings: Settings = {}): Program {
	return runProgram('npm', ['start'], { env: environment(settings), detached: true });
}

async function untilReady(program: Program): Promise<void> {
	await program.line(/Stop:\s+Ctrl-C/);
}

async function answers(where = 'healthz'): Promise<boolean> {
	const response = await fetch(`http://127.0.0.1:${port}/${where}`).catch(() => undefined);
	return response?.ok ?? false;
}

/** What npm itself ends with differs from version to version. */
async function ctrlC(program: Program): Promise<number | null> {
	const started = Date.now();
	program.kill('SIGINT');
	const code = await program.ended;
	expect(Date.now() - started).toBeLessThan(stopWithinMs);
	return code;
}

test('it says where it is, serves its pages, and stops at Ctrl-C with nothing left behind', async () => {
	await using program = npmStart();
	await untilReady(program);
	expect(program.output()).toContain(`http://localhost:${port}`);
	expect(await answers()).toBe(true);
	expect(await answers('')).toBe(true);
	await ctrlC(program);
	const left = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout;
	expect(left).not.toContain(folder);
}, 90_000);

test.each(['SIGINT', 'SIGTERM'] as const)(
	'a server that is stopped by %s ends well',
	async (signal) => {
		await using program = runProgram(process.execPath, ['server/main.ts'], {
			env: environment({ NODE_ENV: 'production' }),
		});
		await untilReady(program);
		program.kill(signal);
		expect(await program.ended).toBe(0);
	},
	60_000,
);

test('a second start on the same data is refused with a sentence, and the first goes on', async () => {
	await using first = npmStart();
	await untilReady(first);
	await using second = npmStart({ PORT: String(await freePort()) });
	expect(await second.ended).toBe(1);
	expect(second.output()).toContain('Another Boost Board is running with the data in');
	expect(second.output()).not.toContain('    at ');
	expect(await answers()).toBe(true);
	await ctrlC(first);
}, 90_000);

test('beside the running board a backup is made and another way in is printed', async () => {
	await using board = npmStart();
	await untilReady(board);
	const file = path.join(folder, 'evening.backup');
	const command = (...words: string[]) =>
		spawnSync('npm', ['run', '--silent', ...words], { env: { ...environment({}), PORT: '' }, encoding: 'utf8' });
	expect(command('backup', file).stdout).toContain(`are in ${file}.`);
	expect(command('sign-in').stdout).toMatch(new RegExp(`^http://[^/]+:${port}/studio/enter#`, 'm'));
	expect(command('restore', file, '--', '--replace').stderr).toContain('Another Boost Board is running');
	expect(await answers()).toBe(true);
	await ctrlC(board);
}, 90_000);

test('after a kill the next start recovers by itself', async () => {
	const killed = npmStart();
	await untilReady(killed);
	killed.kill('SIGKILL');
	await killed.ended;
	await using next = npmStart();
	await untilReady(next);
	expect(await answers()).toBe(true);
	await ctrlC(next);
}, 90_000);

test('a port that is taken is named, with a way out', async () => {
	const other = createServer().listen(port, '0.0.0.0');
	try {
		await using program = npmStart();
		expect(await program.ended).toBe(1);
		expect(program.output()).toContain(`Port ${port} is in use by another program.`);
	} finally {
		other.close();
	}
}, 60_000);

test('each wrong setting is one readable line, and nothing is started', async () => {
	await using program = npmStart({ PORT: 'web', LOG_LEVEL: 'loud' });
	expect(await program.ended).toBe(1);
	expect(program.output()).toContain('PORT must be a whole number from 1 to 65535, but it is "web".');
	expect(program.output()).toContain('LOG_LEVEL must be one of');
	expect(program.output()).not.toContain('    at ');
}, 60_000);

test('a database that does not answer is named without its password', async () => {
	await using program = npmStart({ DATABASE_URL: `postgres://board:secret@127.0.0.1:${port}/board` });
	expect(await program.ended).toBe(1);
	expect(program.output()).toContain(`Postgres at 127.0.0.1:${port}/board`);
	expect(program.output()).not.toContain('secret');
}, 60_000);

test('with a server of their own, two programs do not share one database', async () => {
	await using database = await createTestDatabase();
	await using first = npmStart({ DATABASE_URL: database.url });
	await untilReady(first);
	await using second = npmStart({ DATABASE_URL: database.url, PORT: String(await freePort()) });
	expect(await second.ended).toBe(1);
	expect(second.output()).toContain('Another Boost Board is running with the database of DATABASE_URL');
	await ctrlC(first);
}, 90_000);

test.runIf(isRoot)(
	'an ordinary user starts it as well',
	async () => {
		const home = path.join(folder, 'home');
		await mkdir(home);
		await chmod(folder, 0o755);
		await chown(home, nobody, nobody);
		const asNobody = ['--reuid', String(nobody), '--regid', String(nobody), '--clear-groups', 'npm', 'start'];
		const env = environment({
			HOME: home,
			DATA_DIR: path.join(home, 'data'),
			npm_config_cache: path.join(home, '.npm'),
		});
		await using program = runProgram('setpriv', asNobody, { env, detached: true });
		await untilReady(program);
		expect(await answers()).toBe(true);
		await ctrlC(program);
	},
	90_000,
);

test.runIf(isRoot)(
	'root starts it with data in a folder that nobody else may enter',
	async () => {
		await chmod(folder, 0o700);
		for (const _ of ['new', 'again']) {
			await using program = npmStart();
			await untilReady(program);
			expect(program.output()).toContain(`embedded Postgres in ${path.join(folder, 'data')}`);
			await ctrlC(program);
		}
	},
	90_000,
);

const oldNode = (process.env.PATH ?? '')
	.split(path.delimiter)
	.map((directory) => path.join(directory, 'node'))
	.filter((node) => existsSync(node))
	.find((node) => /^v(1\d|2[0-3])\./.test(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout));

test.runIf(oldNode !== undefined)('a Node that is too old is told in a sentence', () => {
	const result = spawnSync(oldNode ?? '', ['server/launch/run.js', 'start'], { encoding: 'utf8' });
	expect(result.status).toBe(1);
	expect(result.stderr).toContain('Boost Board needs Node 24.11 or newer');
});
