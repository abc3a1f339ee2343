import type { Duplex } from 'node:stream';

import { WebSocket, type RawData } from 'ws';

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

/** What a socket is for. */
export type SyncSocketOwner = {
	received(bytes: Uint8Array): void;
	closed(): void;
	/** The message to send so that the client hears something. */
	keepalive(): Uint8Array;
};

/** Who looks after a WebSocket, so that one set of listeners serves them all. */
const keepers = new WeakMap<WebSocket, SyncSocket>();

/** Whole milliseconds since the start, untouched by the wall clock; small enough to be kept without a box. */
export function elapsedMs(): number {
	return Math.floor(performance.now());
}

/**
 * One client's WebSocket: sends whole frames or closes, never drops one. It is closed when the client reads too slowly
 * (1013), floods, or has been silent for two keepalives. Held back, it gathers frames until it is known whether they may go.
 */
export class SyncSocket implements Listener {
	readonly #socket: WebSocket;
	readonly #raw: Duplex;
	readonly #times: SyncTimes;
	#owner: SyncSocketOwner | null = null;
	#allowance: Allowance | null = null;
	#held: WebSocketFrame[] | null = null;
	#heldBytes = 0;
	#largestFrame = 0;
	#closing = false;
	#lastSentBytes = 0;
	#drainedAt = elapsedMs();
	#keptAliveAt = elapsedMs();
	#unansweredPings = 0;

	constructor(socket: WebSocket, raw: Duplex, times: SyncTimes) {
		this.#times = times;
		this.#socket = socket;
		this.#raw = raw;
		keepers.set(socket, this);
		socket.on('message', onMessage);
		socket.on('pong', onPong);
		socket.on('close', onClose);
		socket.on('error', onError);
	}

	/** Says whose frames these are; nothing has been read before. */
	belongTo(owner: SyncSocketOwner): void {
		this.#owner = owner;
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
		if (this.#owner !== null) this.send(this.#owner.keepalive());
	}

	/** A message has come. */
	received(data: Buffer, isBinary: boolean): void {
		this.#unansweredPings = 0;
		if (this.#closing) return;
		this.#allowance ??= new Allowance();
		if (!isBinary) this.refuse('protocol.invalid');
		else if (!this.#allowance.take(data.length)) this.refuse('request.tooMany');
		else this.#owner?.received(data);
	}

	/** A ping was answered. */
	answered(): void {
		this.#unansweredPings = 0;
	}

	/** The connection is gone. */
	closed(): void {
		this.#closing = true;
		this.#owner?.closed();
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

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
	// As ws hands it over when it isn't told otherwise.
	keepers.get(this)?.received(data as Buffer, isBinary);
}

function onPong(this: WebSocket): void {
	keepers.get(this)?.answered();
}

function onClose(this: WebSocket): void {
	keepers.get(this)?.closed();
}

/** A broken frame or connection: ws closes the socket itself, and `close` follows. */
function onError(): void {
	return;
}

/** So many frames and bytes a second on average, with bursts; in whole numbers, which need no box. */
class Allowance {
	/** In thousandths. */
	#frames: number = socketLimits.frameBurst * 1000;
	#bytes: number = socketLimits.byteBurst;
	#at = elapsedMs();

	take(bytes: number): boolean {
		const now = elapsedMs();
		const frames = this.#frames + (now - this.#at) * socketLimits.framesPerSecond;
		const earned = Math.floor(((now - this.#at) * socketLimits.bytesPerSecond) / 1000);
		this.#frames = Math.min(socketLimits.frameBurst * 1000, frames);
		this.#bytes = Math.min(socketLimits.byteBurst, this.#bytes + earned);
		this.#at = now;
		if (this.#frames < 1000 || this.#bytes < bytes) return false;
		this.#frames -= 1000;
		this.#bytes -= bytes;
		return true;
	}
}
