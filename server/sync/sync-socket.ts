import type { Duplex } from 'node:stream';

import { WebSocket } from 'ws';

import type { ErrorCode } from '#lib/protocol/errors.ts';
import { closeCode, closeCodeOf } from '#lib/protocol/sync-wire.ts';

import type { Listener } from './audience.ts';
import type { SyncTimes } from './sync-times.ts';
import { webSocketFrame, type WebSocketFrame } from './websocket-frame.ts';

export const socketLimits = {
	/** What may wait to be read by a client, beyond the largest single frame it was sent. */
	waitingBytes: 1024 * 1024,
	/** A client that has closed gets this long to take notice. */
	closeMs: 5_000,
	framesPerSecond: 60,
	frameBurst: 300,
	bytesPerSecond: 256 * 1024,
	byteBurst: 2 * 1024 * 1024,
} as const;

export type SyncSocketEvents = {
	readonly onFrame: (bytes: Uint8Array) => void;
	readonly onClose: () => void;
	/** The frame to send so that the client hears something. */
	readonly keepalive: () => Uint8Array;
};

/**
 * One client's WebSocket: sends whole frames or closes, never drops one. It is closed when the client reads too slowly
 * (1013), floods, or has been silent for two keepalives. Held back, it gathers frames until it is known whether they may go.
 */
export class SyncSocket implements Listener {
	readonly #socket: WebSocket;
	readonly #raw: Duplex;
	readonly #events: SyncSocketEvents;
	readonly #times: SyncTimes;
	readonly #frames = new Allowance(socketLimits.framesPerSecond, socketLimits.frameBurst);
	readonly #bytes = new Allowance(socketLimits.bytesPerSecond, socketLimits.byteBurst);
	#held: WebSocketFrame[] | null = null;
	#heldBytes = 0;
	#largestFrame = 0;
	#closing = false;
	#lastSentBytes = 0;
	#drainedAt = performance.now();
	#keptAliveAt = performance.now();
	#unansweredPings = 0;

	constructor(socket: WebSocket, raw: Duplex, events: SyncSocketEvents, times: SyncTimes) {
		this.#times = times;
		this.#socket = socket;
		this.#raw = raw;
		this.#events = events;
		socket.on('message', (data: Buffer, isBinary: boolean) => this.#receive(data, isBinary));
		socket.on('pong', () => (this.#unansweredPings = 0));
		socket.on('close', () => {
			this.#closing = true;
			events.onClose();
		});
		// A broken frame or connection: ws closes the socket itself, and `close` follows.
		socket.on('error', () => undefined);
	}

	send(message: Uint8Array): void {
		if (!this.#closing) this.sendFrame(webSocketFrame(message));
	}

	/** Written to the connection itself: `ws` would make a header for each receiver, and two writes. */
	sendFrame(frame: WebSocketFrame): void {
		if (this.#closing || this.#socket.readyState !== WebSocket.OPEN) return;
		if (this.#held !== null) {
			this.#held.push(frame);
			this.#heldBytes += frame.length;
			if (this.#heldBytes > socketLimits.waitingBytes) this.end('tryAgain');
			return;
		}
		this.#largestFrame = Math.max(this.#largestFrame, frame.length);
		this.#raw.write(frame);
		if (this.#raw.writableLength > socketLimits.waitingBytes + this.#largestFrame) this.end('tryAgain');
	}

	/** Lets what is sent until the end of this turn go out in one go. */
	gather(): void {
		this.#raw.cork();
		process.nextTick(() => this.#raw.uncork());
	}

	/** Keeps frames back until {@link release}. */
	hold(): void {
		this.#held ??= [];
	}

	release(): void {
		const held = this.#held ?? [];
		this.#held = null;
		this.#heldBytes = 0;
		for (const frame of held) this.sendFrame(frame);
	}

	end(reason: keyof typeof closeCode): void {
		this.#close(closeCode[reason], reason);
	}

	refuse(code: ErrorCode): void {
		this.#close(closeCodeOf(code), code);
	}

	/** To be called at every sweep. */
	sweep(now: number): void {
		const sentBytes = this.#bytesHandedOver();
		if (sentBytes !== this.#lastSentBytes || this.#raw.writableLength === 0) this.#drainedAt = now;
		this.#lastSentBytes = sentBytes;
		if (now - this.#drainedAt > this.#times.drainMs) this.end('tryAgain');
		if (this.#closing || now - this.#keptAliveAt < this.#times.keepaliveMs - this.#times.sweepMs) return;
		this.#keptAliveAt = now;
		if (this.#unansweredPings >= 2) {
			this.#socket.terminate();
			return;
		}
		this.#unansweredPings += 1;
		this.#socket.ping();
		this.send(this.#events.keepalive());
	}

	#receive(data: Buffer, isBinary: boolean): void {
		this.#unansweredPings = 0;
		if (this.#closing) return;
		if (!isBinary) this.refuse('protocol.invalid');
		else if (!this.#frames.take(1) || !this.#bytes.take(data.length)) this.refuse('request.tooMany');
		else this.#events.onFrame(data);
	}

	/** The close frame waits behind what a slow client hasn't read, so after a while the connection is cut. */
	#close(code: number, reason: string): void {
		if (this.#closing) return;
		this.#closing = true;
		this.#held = null;
		this.#socket.close(code, reason);
		setTimeout(() => this.#socket.terminate(), socketLimits.closeMs).unref();
	}

	#bytesHandedOver(): number {
		const written = 'bytesWritten' in this.#raw ? Number(this.#raw.bytesWritten) : 0;
		return written - this.#raw.writableLength;
	}
}

/** So much a second on average, with bursts. */
class Allowance {
	readonly #perSecond: number;
	readonly #burst: number;
	#left: number;
	#at = performance.now();

	constructor(perSecond: number, burst: number) {
		this.#perSecond = perSecond;
		this.#burst = burst;
		this.#left = burst;
	}

	take(amount: number): boolean {
		const now = performance.now();
		this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) / 1000) * this.#perSecond);
		this.#at = now;
		if (this.#left < amount) return false;
		this.#left -= amount;
		return true;
	}
}
