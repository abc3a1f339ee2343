/** Notes the code of every WebSocket that is closed in this process, until it is disposed of. */
export function recordCloses(): { readonly codes: readonly number[] } & Disposable {
	const codes: number[] = [];
	const usual = globalThis.WebSocket;
	globalThis.WebSocket = class extends usual {
		constructor(...given: ConstructorParameters<typeof usual>) {
			super(...given);
			this.addEventListener('close', ({ code }) => codes.push(code));
		}
	};
	return { codes, [Symbol.dispose]: () => void (globalThis.WebSocket = usual) };
}
