import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import process from 'node:process';

/** The server under test has a core to itself; the load, Postgres and this program share the other. */
const serverCore = '0';
const loadCore = '1';

export type Cores = {
	readonly pinned: boolean;
	/** A command that runs another one on the server's core. */
	onServerCore(command: readonly string[]): readonly string[];
};

/** Moves this program, and with it what it starts from now on, to the load's core, where the system can do that. */
export function partCores(): Cores {
	const pinned =
		process.platform === 'linux' &&
		availableParallelism() > 1 &&
		spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', loadCore, String(process.pid)]).status === 0;
	return {
		pinned,
		onServerCore: (command) => (pinned ? ['taskset', '--cpu-list', serverCore, ...command] : command),
	};
}
