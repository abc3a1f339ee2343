import type { Socket } from 'socket.io';

/** What socket.io calls the raw connection; it queues without bound for a client that doesn't read. */
type Connection = Socket['conn'];

export const outgoingLimits = {
	/** What may wait to be read by a client, beyond the largest single message it was sent. */
	waitingBytes: 1024 * 1024,
	/** A client that has taken nothing for so long, while something waits for it, is closed. */
	drainMs: 20_000,
} as const;

/** Closes a client that reads too slowly. It comes back, and is sent where things stand: messages are never dropped singly. */
export class OutgoingGuard {
	readonly #connection: Connection;
	/** Made since the client last had everything. */
	#waitingBytes = 0;
	#largestMessage = 0;
	#drainedAt = performance.now();

	constructor(connection: Connection) {
		this.#connection = connection;
		connection.on('packetCreate', (packet: { data?: string | Buffer }) => this.#created(packet.data?.length ?? 0));
	}

	/** To be called every few seconds. */
	sweep(): void {
		this.#noticeDrain();
		if (performance.now() - this.#drainedAt > outgoingLimits.drainMs) this.#connection.close(true);
	}

	/** The transport takes more only when the last has been handed to the network. */
	#noticeDrain(): void {
		const { writeBuffer, transport } = this.#connection as unknown as Queues;
		if (writeBuffer.length > 0 || (this.#waitingBytes > 0 && !transport.writable)) return;
		this.#waitingBytes = 0;
		this.#drainedAt = performance.now();
	}

	/** Told of each message before it joins the queue. */
	#created(bytes: number): void {
		this.#noticeDrain();
		this.#waitingBytes += bytes;
		this.#largestMessage = Math.max(this.#largestMessage, bytes);
		if (this.#waitingBytes > outgoingLimits.waitingBytes + this.#largestMessage) this.#connection.close(true);
	}
}

/** What waits in engine.io's socket, which its types keep to themselves. */
type Queues = { readonly writeBuffer: readonly unknown[]; readonly transport: { readonly writable: boolean } };
