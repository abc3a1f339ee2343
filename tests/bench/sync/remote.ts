import type { ChildProcess } from 'node:child_process';
import process from 'node:process';

type Call = { readonly id: number; readonly method: string; readonly params: unknown };
type Answer = { readonly id: number; readonly result?: unknown; readonly error?: string };

/** Answers the parent process' calls with the methods of `target`; each takes one object and may return a promise. */
export function serveParent(target: object): void {
	process.on('message', (message) => {
		const { id, method, params } = message as Call;
		const run = async (): Promise<unknown> => {
			const found: unknown = Reflect.get(target, method);
			if (typeof found !== 'function') throw new Error(`There is no method ${method}`);
			return (await Reflect.apply(found, target, [params])) as unknown;
		};
		run().then(
			(result) => process.send?.({ id, result } satisfies Answer),
			(error: unknown) =>
				process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
		);
	});
}

type Methods = Record<string, (params: never) => unknown>;

/** A child process whose methods can be called. */
export class Remote<Target extends { [Name in keyof Target]: Methods[string] }> {
	readonly #child: ChildProcess;
	readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
	#calls = 0;

	constructor(child: ChildProcess) {
		this.#child = child;
		child.on('message', (message) => {
			const { id, result, error } = message as Answer;
			const waiting = this.#waiting.get(id);
			this.#waiting.delete(id);
			if (error === undefined) waiting?.resolve(result);
			else waiting?.reject(new Error(error));
		});
		child.on('exit', (code) => {
			for (const { reject } of this.#waiting.values()) reject(new Error(`The process ended (${String(code)})`));
			this.#waiting.clear();
		});
	}

	async call<Name extends keyof Target & string>(
		method: Name,
		...params: Parameters<Target[Name]>
	): Promise<Awaited<ReturnType<Target[Name]>>> {
		this.#calls += 1;
		const id = this.#calls;
		const { promise, resolve, reject } = Promise.withResolvers<unknown>();
		this.#waiting.set(id, { resolve, reject });
		this.#child.send({ id, method, params: params[0] } satisfies Call);
		return (await promise) as Awaited<ReturnType<Target[Name]>>;
	}
}
