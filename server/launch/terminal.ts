import { StartRefusal } from '../start-refusal.ts';

/** What the person at the terminal reads. Everything else is log, and goes elsewhere. */
export function say(text = ''): void {
	process.stdout.write(`${text}\n`);
}

/**
 * Runs a command of the terminal and sets the exit code. A refusal is printed as the sentences it consists of; any other
 * error is a fault of the program and is shown in full.
 */
export async function runCommand(command: () => Promise<void>): Promise<void> {
	try {
		await command();
	} catch (error) {
		process.exitCode = 1;
		if (error instanceof StartRefusal) for (const sentence of error.sentences) process.stderr.write(`${sentence}\n`);
		else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
	}
}
