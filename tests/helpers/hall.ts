import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';

import { launchBrowser } from './browser.ts';
import { freePort } from './free-port.ts';
import { runProgram, type Program } from './program.ts';

/** A hall has neither https nor `localhost`; this name leads to this machine in the test's browser only. */
const hostName = 'boost.test';

export type Hall = AsyncDisposable & {
	/** As in `http://boost.test:41234`: plain http, and no secure context. */
	readonly origin: string;
	/** The demo evening's join code. */
	readonly code: string;
	/** Signs the facilitator in, once. */
	readonly signInLink: string;
	readonly browser: Browser;
	/** A person or device of its own: a context with its own cookies, and whatever goes wrong in its page. */
	newcomer(options?: BrowserContextOptions): Promise<Newcomer>;
	/** Keeps what each of them sees, in `test-results/`. */
	photograph(people: Readonly<Record<string, Pick<Newcomer, 'page'>>>): Promise<void>;
	/** `kill -9`, then a start on the same data; the same people go on. */
	killAndRestart(): Promise<void>;
};

export type Newcomer = { readonly page: Page; readonly faults: readonly string[] };

/** The whole program as `npm start` runs it, on a database of its own with the demo in it, and a browser. */
export async function openHall(databaseUrl: string): Promise<Hall> {
	const port = await freePort();
	const dataDir = await mkdtemp(path.join(tmpdir(), 'boost-hall-'));
	const origin = `http://${hostName}:${String(port)}`;
	const start = async () => {
		const { PATH, HOME } = process.env;
		const settings = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: String(port), PUBLIC_URL: origin };
		const started = runProgram(process.execPath, ['server/launch/run.js', 'start'], {
			env: { PATH, HOME, HOST: '127.0.0.1', LOG_LEVEL: 'warn', NODE_ENV: 'production', ...settings },
		});
		await started.line(/Stop:\s+Ctrl-C/);
		return started;
	};
	let program: Program = await start();
	const greeting = program.lines.join('\n');
	const browser = await launchBrowser({ hostNames: [hostName] });
	return {
		origin,
		code: found(/\/j\/(\d{8})/, greeting),
		signInLink: found(/(http:\/\/\S+#\S+)/, greeting),
		browser,
		async newcomer(options = {}) {
			const context = await browser.newContext({ baseURL: origin, ...options });
			const page = await context.newPage();
			const faults: string[] = [];
			page.on('pageerror', (error) => faults.push(error.message));
			page.on('console', (message) => {
				if (message.type() === 'error' && !isNetworkNoise(message.text())) faults.push(message.text());
			});
			return { page, faults };
		},
		async photograph(people) {
			for (const [name, { page }] of Object.entries(people)) {
				// Somebody may have left the evening before it went wrong.
				if (!page.isClosed()) await page.screenshot({ path: path.join('test-results', `${name}.png`) });
			}
		},
		async killAndRestart() {
			program.kill('SIGKILL');
			await program.ended;
			program = await start();
		},
		async [Symbol.asyncDispose]() {
			await browser.close();
			program.kill('SIGTERM');
			await program.ended;
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

/** What a browser says of a network that a test has switched off, and of refusals that a test provokes. */
function isNetworkNoise(text: string): boolean {
	return /WebSocket connection|net::ERR_|Failed to load resource/.test(text);
}

function found(pattern: RegExp, text: string): string {
	const match = pattern.exec(text)?.[1];
	if (match === undefined) throw new Error(`The start printed nothing like ${pattern.source}:\n${text}`);
	return match;
}
