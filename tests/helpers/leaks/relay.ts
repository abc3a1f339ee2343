import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import { HttpStream, type Piece } from './http-stream.ts';

/** Something that passed between a client and the server, and when in the evening. */
export type Passed = Piece & {
	readonly moment: string;
	/** Counts the client's connections. */
	readonly connection: number;
};

/**
 * A client's own way to the server: a port that leads there, and a record of every byte that passed, below any library. What the
 * client's code would ignore is in it as well.
 */
export class Relay implements AsyncDisposable {
	readonly received: Passed[] = [];
	readonly sent: Passed[] = [];
	/** What could not be read; a recording with faults proves nothing. */
	readonly faults: string[] = [];
	readonly #server = createServer((client) => this.#carry(client));
	readonly #open = new Set<Socket>();
	readonly #target: { readonly host: string; readonly port: number };
	readonly #moment: () => string;
	#connections = 0;

	private constructor(target: string, moment: () => string) {
		const { hostname, port } = new URL(target);
		this.#target = { host: hostname, port: Number(port) };
		this.#moment = moment;
	}

	/**
	 * @param target the server's origin
	 * @param moment names the present moment of the evening
	 */
	static async to(target: string, moment: () => string): Promise<Relay> {
		const relay = new Relay(target, moment);
		relay.#server.listen(0, '127.0.0.1');
		await once(relay.#server, 'listening');
		return relay;
	}

	/** What the client takes for the server's origin. */
	get origin(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Whether the client has asked for something like this. */
	hasSent(request: RegExp): boolean {
		return this.sent.some((passed) => request.test(passed.request));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		for (const socket of this.#open) socket.destroy();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#carry(client: Socket): void {
		this.#connections += 1;
		const connection = this.#connections;
		const server = connect(this.#target);
		const asked: string[] = [];
		const keep = (pieces: Passed[]) => (piece: Piece) => {
			pieces.push({ ...piece, moment: this.#moment(), connection });
		};
		const requests = new HttpStream({ direction: 'requests', asked, onPiece: keep(this.sent) });
		const answers = new HttpStream({ direction: 'answers', asked, onPiece: keep(this.received) });
		this.#pass(client, server, requests);
		this.#pass(server, client, answers);
	}

	#pass(from: Socket, to: Socket, stream: HttpStream): void {
		this.#open.add(from);
		from.setNoDelay(true);
		from.on('data', (bytes: Buffer) => {
			this.#read(() => stream.push(bytes));
			to.write(bytes);
		});
		from.on('error', () => from.destroy());
		from.on('end', () => to.end());
		from.on('close', () => {
			this.#open.delete(from);
			this.#read(() => stream.end());
			to.destroy();
		});
	}

	#read(read: () => void): void {
		try {
			read();
		} catch (error) {
			this.faults.push(String(error));
		}
	}
}
