import { type ChildProcessByStdio, spawn, type SpawnOptions } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Readable, type Writable } from 'node:stream';

/** A program under test: what it prints, line by line, and how it ends. */
export type Program = AsyncDisposable & {
	pid: number;
	/** Everything it has printed on either output. */
	output(): string;
	/** The lines of its standard output so far. */
	lines: readonly string[];
	/** Settles with the first line that matches, printed already or later; fails if the program ends before. */
	line(pattern: RegExp): Promise<string>;
	/** Its exit code; nothing if a signal ended it. */
	ended: Promise<number | null>;
	/** To all processes that it started as well, if it is `detached`: so does the terminal with Ctrl-C. */
	kill(signal: NodeJS.Signals): void;
	type(text: string): void;
};

export function runProgram(command: string, options: readonly string[], spawnOptions: SpawnOptions = {}): Program {
	const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(command, options, {
		...spawnOptions,
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	const lines: string[] = [];
	const waiting = new Set<() => void>();
	let output = '';
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	createInterface({ input: child.stdout }).on('line', (line) => {
		lines.push(line);
		output += `${line}\n`;
		for (const check of waiting) check();
	});
	const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
	const kill = (signal: NodeJS.Signals) => {
		if (hasEnded() || child.pid === undefined) return;
		process.kill(spawnOptions.detached ? -child.pid : child.pid, signal);
	};
	const ended = new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	return {
		pid: child.pid ?? 0,
		output: () => output,
		lines,
		line: (pattern) =>
			new Promise((resolve, reject) => {
				const check = () => {
					const found = lines.find((line) => pattern.test(line));
					if (found === undefined) return;
					waiting.delete(check);
					resolve(found);
				};
				waiting.add(check);
				check();
				ended.then(
					(code) => reject(new Error(`The program ended with ${code} before it printed ${pattern.source}:\n${output}`)),
					reject,
				);
			}),
		ended,
		kill,
		type: (text) => void child.stdin.write(text),
		async [Symbol.asyncDispose]() {
			kill('SIGKILL');
			await ended;
		},
	};
}
