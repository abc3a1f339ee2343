import { spawn, type ChildProcessByStdio } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import type * as z from 'zod';

import type { CrowdFigures } from '#lib/protocol/rehearsal.ts';

import { crowdReport, type CrowdBeginning, type CrowdOrder } from './crowd/crowd-messages.ts';

const script = fileURLToPath(new URL('crowd/crowd-process.ts', import.meta.url));

/**
 * A crowd in a process of its own. It knows the server's address and a join code, and nothing else of the server. It can't outlive us:
 * its input ends with us, however we end.
 */
export class RunningCrowd implements AsyncDisposable {
	readonly beginning: CrowdBeginning;
	/** What it last told. */
	figures: CrowdFigures | null = null;
	/** Settles when its process has ended, with whether it had come to its end. */
	readonly ended: Promise<boolean>;
	readonly pid: number;
	readonly #child: ChildProcessByStdio<Writable, Readable, null>;

	/** @param told hears of every report */
	constructor(beginning: CrowdBeginning, told: (figures: CrowdFigures) => void = () => undefined) {
		this.beginning = beginning;
		const { PATH, HOME } = process.env;
		this.#child = spawn(process.execPath, [script], { env: { PATH, HOME }, stdio: ['pipe', 'pipe', 'inherit'] });
		this.pid = this.#child.pid ?? 0;
		// It may be gone before an order reaches it; that shows in its end.
		this.#child.stdin.on('error', () => undefined);
		createInterface({ input: this.#child.stdout }).on('line', (line) => {
			const report = readReport(line);
			if (report === null) return;
			this.figures = report.figures;
			told(report.figures);
		});
		this.ended = new Promise((resolve) => {
			this.#child.on('error', () => resolve(false));
			this.#child.on('close', () => resolve(this.figures?.phase === 'ended'));
		});
		this.#order({ ...beginning });
	}

	/** Lets them come to an end: they look for what they wrote, and leave. */
	stop(): void {
		this.#order({ type: 'stop' });
	}

	/** Ends it at once, and settles when it is gone. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#child.kill('SIGKILL');
		await this.ended;
	}

	#order(order: CrowdOrder): void {
		this.#child.stdin.write(`${JSON.stringify(order)}\n`);
	}
}

/** Null for a line that was cut off as the process ended, or that something else printed. */
function readReport(line: string): z.infer<typeof crowdReport> | null {
	try {
		return crowdReport.safeParse(JSON.parse(line)).data ?? null;
	} catch {
		return null;
	}
}
