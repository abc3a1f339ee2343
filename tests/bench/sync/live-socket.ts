import { randomUUID } from 'node:crypto';

import { commandAck, type CommandAck, type CommandInput, type CommandName } from '#lib/protocol/commands.ts';
import { protocolVersion } from '#lib/protocol/live.ts';
import { opcode, RawSocket } from '#server/rehearsal/crowd/raw-socket.ts';

/** Packets of engine.io 4 and socket.io 5, as far as one connection to the main namespace needs them. */
const packet = { open: '0', ping: '2', pong: '3', connect: '40', refused: '44', event: '42', ack: '43' } as const;

/** A participant's connection to the live workshop: sends commands, and reads nothing but their answers. */
export class LiveSocket {
	readonly #socket: RawSocket;
	readonly #waiting = new Map<number, (ack: CommandAck) => void>();
	#commands = 0;

	/** Settles when the server has let us in. */
	static async open(about: { port: number; cookie: string; code: string }): Promise<LiveSocket> {
		return new Promise((resolve, reject) => {
			const socket: LiveSocket = new LiveSocket(about, () => resolve(socket), reject);
		});
	}

	private constructor(
		{ port, cookie, code }: { port: number; cookie: string; code: string },
		opened: () => void,
		failed: (error: Error) => void,
	) {
		this.#socket = new RawSocket(
			{ port, path: '/socket.io/?EIO=4&transport=websocket', cookie },
			{
				onFrame: (bytes, start, end) => {
					const type = bytes.toString('latin1', start, Math.min(end, start + 2));
					if (type.startsWith(packet.open)) {
						const hello = { version: protocolVersion, audience: 'participant', workshop: code };
						this.#sendText(packet.connect + JSON.stringify(hello));
					} else if (type === packet.connect) opened();
					else if (type === packet.refused) failed(new Error(bytes.toString('utf8', start, end)));
					else if (type === packet.ping) this.#sendText(packet.pong);
					else if (type === packet.ack) this.#answer(bytes.toString('utf8', start + 2, end));
				},
				onClose: (close) => failed(new Error(`The live socket was closed (${String(close)})`)),
			},
		);
	}

	get receivedBytes(): number {
		return this.#socket.receivedBytes;
	}

	/** Settles with the result. @throws Error if the server refuses */
	async command<Name extends CommandName>(
		name: Name,
		payload: CommandInput<Name>,
	): Promise<Extract<CommandAck, { ok: true }>['result']> {
		this.#commands += 1;
		const number = this.#commands;
		const envelope = { id: randomUUID(), name, payload };
		const answer = new Promise<CommandAck>((resolve) => this.#waiting.set(number, resolve));
		this.#sendText(`${packet.event}${String(number)}${JSON.stringify(['command', envelope])}`);
		const ack = await answer;
		if (!ack.ok) throw new Error(`${name} was refused: ${JSON.stringify(ack.error)}`);
		return ack.result;
	}

	close(): void {
		this.#socket.close();
	}

	#answer(text: string): void {
		const start = text.indexOf('[');
		const number = Number(text.slice(0, start));
		const [ack] = JSON.parse(text.slice(start)) as unknown[];
		this.#waiting.get(number)?.(commandAck.parse(ack));
		this.#waiting.delete(number);
	}

	#sendText(text: string): void {
		this.#socket.send(Buffer.from(text), opcode.text);
	}
}
