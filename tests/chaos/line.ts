import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

type Call = { readonly near: Socket; readonly far: Socket };

/** A request's first line; frames of a WebSocket never look like one. */
const requestLine = /^[A-Z]+ \S+ HTTP\/1\.1\r\n/;

/**
 * One browser's way to the server, with everything that can happen to it. It shows the browser's cookies on every request, which
 * the WebSocket of a program can't.
 */
export class Line implements AsyncDisposable {
	readonly #server = createServer((near) => this.#carry(near));
	readonly #target: number;
	readonly #cookie: string;
	readonly #calls = new Set<Call>();
	#state: 'up' | 'silent' | 'cut' = 'up';

	private constructor(target: number, cookie: string) {
		this.#target = target;
		this.#cookie = cookie;
	}

	static async to(origin: string, cookie = ''): Promise<Line> {
		const line = new Line(Number(new URL(origin).port), cookie);
		line.#server.listen(0, '127.0.0.1');
		await once(line.#server, 'listening');
		return line;
	}

	get origin(): string {
		return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
	}

	get documents(): string {
		return `${this.origin.replace('http', 'ws')}/sync`;
	}

	/** From now on nothing arrives in either direction and nobody is told, not even of a close; so it stays for what stands. */
	silence(): void {
		this.#state = 'silent';
		for (const call of this.#calls) this.#hush(call);
	}

	/** Connections break, and new ones too. */
	cut(): void {
		this.#state = 'cut';
		for (const { near, far } of this.#calls) {
			near.destroy();
			far.destroy();
		}
	}

	/** New connections get through again. */
	mend(): void {
		this.#state = 'up';
	}

	/** The browser takes nothing more of what the server sends; what it sends itself still arrives. */
	freeze(): void {
		for (const { near, far } of this.#calls) {
			far.unpipe(near);
			far.pause();
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.cut();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#carry(near: Socket): void {
		if (this.#state === 'cut') {
			near.destroy();
			return;
		}
		const far = connect(this.#target, '127.0.0.1');
		const call: Call = { near, far };
		this.#calls.add(call);
		for (const [from, to] of [
			[near, far],
			[far, near],
		] as const) {
			from.on('error', () => from.destroy());
			from.on('close', () => {
				this.#calls.delete(call);
				to.destroy();
			});
		}
		near.on('data', (bytes) => far.write(this.#withCookie(bytes)));
		far.pipe(near);
		if (this.#state === 'silent') this.#hush(call);
	}

	#hush({ near, far }: Call): void {
		far.unpipe(near);
		for (const socket of [near, far]) {
			socket.removeAllListeners('data');
			socket.removeAllListeners('close');
			// Taken, so that the sender believes that it arrived.
			socket.resume();
		}
	}

	#withCookie(bytes: Buffer): Buffer {
		const head = requestLine.exec(bytes.toString('latin1'))?.[0];
		if (head === undefined || this.#cookie === '') return bytes;
		return Buffer.concat([Buffer.from(`${head}cookie: ${this.#cookie}\r\n`), bytes.subarray(head.length)]);
	}
}
