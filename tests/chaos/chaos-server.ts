import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, vi } from 'vitest';

import { freePort } from '../helpers/free-port.ts';
import { runProgram, type Program } from '../helpers/program.ts';

const patience = { timeout: 30_000, interval: 10 };
const script = fileURLToPath(new URL('server-process.ts', import.meta.url));

/** The program as a process that can be killed, stopped and started again, always at the same address. */
export class ChaosServer implements AsyncDisposable {
	readonly origin: string;
	readonly dataDir: string;
	readonly #port: number;
	readonly #databaseUrl: string;
	#program: Program | undefined;

	private constructor(databaseUrl: string, port: number, dataDir: string) {
		this.#databaseUrl = databaseUrl;
		this.#port = port;
		this.dataDir = dataDir;
		this.origin = `http://127.0.0.1:${String(port)}`;
	}

	static async start(databaseUrl: string): Promise<ChaosServer> {
		const dataDir = await mkdtemp(path.join(tmpdir(), 'boost-chaos-'));
		const server = new ChaosServer(databaseUrl, await freePort(), dataDir);
		await server.start();
		return server;
	}

	/** Where documents are: `ws://…/sync`. */
	get documents(): string {
		return `${this.origin.replace('http', 'ws')}/sync`;
	}

	get isRunning(): boolean {
		return this.#program !== undefined;
	}

	async start(): Promise<void> {
		const { PATH, HOME } = process.env;
		const settings = { DATABASE_URL: this.#databaseUrl, DATA_DIR: this.dataDir, PORT: String(this.#port) };
		const program = runProgram(process.execPath, ['--expose-gc', script], {
			env: { PATH, HOME, HOST: '127.0.0.1', LOG_LEVEL: 'error', ...settings },
		});
		await program.line(/^listening$/);
		this.#program = program;
		void program.ended.then(() => {
			if (this.#program === program) this.#program = undefined;
		});
	}

	/** Ends it as `SIGKILL` does a crash, as `SIGTERM` an orderly stop. */
	async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
		const program = this.#program;
		this.#program = undefined;
		program?.kill(signal);
		await program?.ended;
	}

	/** What it has logged (only what is fatal). */
	get log(): string {
		return this.#program?.output() ?? '';
	}

	/** Sets its clock wrong by so many milliseconds. */
	async setClock(milliseconds: number): Promise<void> {
		await this.#ask(`clock ${String(milliseconds)}`, /^clock/);
	}

	/** How many bytes it holds, after whatever can be collected was. */
	async memory(): Promise<number> {
		return Number((await this.#ask('memory', /^memory/)).replace('memory ', ''));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.end('SIGKILL');
		await rm(this.dataDir, { recursive: true, force: true });
	}

	/** Says something to the process, and waits for the next line of this kind. */
	async #ask(line: string, answer: RegExp): Promise<string> {
		const program = this.#program;
		if (program === undefined) throw new Error('The server is not running');
		const before = program.lines.length;
		program.type(`${line}\n`);
		await vi.waitFor(
			() => expect(program.lines.slice(before).some((other) => answer.test(other))).toBe(true),
			patience,
		);
		return program.lines.slice(before).find((other) => answer.test(other)) ?? '';
	}
}
