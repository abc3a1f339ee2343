import { protocolVersion } from '#lib/protocol/live.ts';

import type { ServerAddress } from './address.ts';
import { opcode, RawSocket } from './raw-socket.ts';

/** Packets of engine.io 4 and socket.io 5, as far as one connection to the main namespace needs them. */
const packet = {
	open: '0',
	ping: '2',
	pong: '3',
	connect: '40',
	left: '41',
	refused: '44',
	event: '42',
	ack: '43',
} as const;

export type LiveLineEvents = {
	/** The server has let us in. */
	readonly opened: () => void;
	/** It doesn't; what it says about why comes as it is. */
	readonly refused: (why: unknown) => void;
	/** Whoever doesn't want to know what an event says needn't have it parsed. */
	readonly event: (name: string, read: () => unknown) => void;
	readonly closed: () => void;
};

const longestEventName = 24;

/**
 * A person's connection to the live workshop: what a phone does with socket.io, over WebSocket, and no more. Hundreds of them
 * share a process, so a view that nobody asks for stays bytes.
 */
export class LiveLine {
	readonly #socket: RawSocket;
	readonly #events: LiveLineEvents;
	readonly #waiting = new Map<number, (ack: unknown) => void>();
	#commands = 0;

	constructor(server: ServerAddress, { cookie, code }: { cookie: string; code: string }, events: LiveLineEvents) {
		this.#events = events;
		const greeting =
			packet.connect + JSON.stringify({ version: protocolVersion, audience: 'participant', workshop: code });
		this.#socket = new RawSocket(
			{ host: server.host, port: server.port, path: '/socket.io/?EIO=4&transport=websocket', cookie },
			{
				onFrame: (bytes, start, end) => this.#receive(bytes, start, end, greeting),
				onClose: () => {
					this.#waiting.clear();
					events.closed();
				},
			},
		);
	}

	/** Calls back with the raw acknowledgement, or never if the connection drops before. */
	command(envelope: unknown, acknowledged: (ack: unknown) => void): void {
		this.#commands += 1;
		this.#waiting.set(this.#commands, acknowledged);
		this.#send(`${packet.event}${String(this.#commands)}${JSON.stringify(['command', envelope])}`);
	}

	/** Asks for everything anew. */
	resync(): void {
		this.#send(`${packet.event}["resync"]`);
	}

	close(): void {
		this.#socket.close();
	}

	#receive(bytes: Buffer, start: number, end: number, greeting: string): void {
		const type = bytes.toString('latin1', start, Math.min(end, start + 2));
		if (type === packet.event) this.#hear(bytes, start + 2, end);
		else if (type === packet.ack) this.#answer(bytes.toString('utf8', start + 2, end));
		else if (type.startsWith(packet.open)) this.#send(greeting);
		else if (type === packet.ping) this.#send(packet.pong);
		else if (type === packet.connect) this.#events.opened();
		else if (type === packet.refused) this.#events.refused(JSON.parse(bytes.toString('utf8', start + 2, end)));
		else if (type === packet.left) this.close();
	}

	#hear(bytes: Buffer, start: number, end: number): void {
		const head = bytes.toString('latin1', start, Math.min(end, start + longestEventName));
		const name = /^\["([a-zA-Z]+)"/.exec(head)?.[1];
		if (name === undefined) return;
		this.#events.event(name, () => {
			const [, message] = JSON.parse(bytes.toString('utf8', start, end)) as unknown[];
			return message;
		});
	}

	#answer(text: string): void {
		const start = text.indexOf('[');
		const number = Number(text.slice(0, start));
		const [ack] = JSON.parse(text.slice(start)) as unknown[];
		const tell = this.#waiting.get(number);
		this.#waiting.delete(number);
		tell?.(ack);
	}

	#send(text: string): void {
		this.#socket.send(Buffer.from(text), opcode.text);
	}
}
