import { spawn, type ChildProcess } from 'node:child_process';

export type Child = AsyncDisposable & { readonly process: ChildProcess };

/** Runs a command with a channel to it; what it complains about is shown. Disposing of it kills it and waits for its end. */
export function startChild([command = '', ...words]: readonly string[], env: NodeJS.ProcessEnv): Child {
	const child = spawn(command, words, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	const ended = new Promise<void>((resolve) => {
		child.on('exit', () => resolve());
		child.on('error', () => resolve());
	});
	return {
		process: child,
		async [Symbol.asyncDispose]() {
			child.kill('SIGKILL');
			await ended;
		},
	};
}
