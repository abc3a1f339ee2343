import type { closeCode } from '#lib/protocol/sync-wire.ts';

import { webSocketFrame, type WebSocketFrame } from './websocket-frame.ts';

/** A connection as a document sees it. */
export type Listener = {
	send(message: Uint8Array): void;
	/** Like `send`, for what goes to many: framed once, the same bytes for each. */
	sendFrame(frame: WebSocketFrame): void;
	/** Closes without a refusal; the client comes back. */
	end(reason: keyof typeof closeCode): void;
};

export type AudienceOwner = {
	/** Puts what has gathered since the last tick into the document and sends it. */
	flush(): void;
	/** Nobody has listened for a while; returns whether the document has ended. */
	deserted(): boolean;
	/**
	 * The least of a tick that lies between two flushes; all of it by default. Where changes come at the pace of the ticks, it is
	 * less: a flush that was late once would otherwise make all that follow as late.
	 */
	readonly leastOfTick?: number;
};

const desertedAfterMs = 60_000;

/** Few readers get every change at once; for many, changes are gathered so that each frame is worth its cost. */
function tickMs(readers: number): number {
	if (readers <= 30) return 15;
	if (readers <= 100) return 30;
	return readers <= 400 ? 75 : 95;
}

/** The readers of one document: the tick at which they hear of changes, and the same bytes for all of them. */
export class Audience {
	readonly #owner: AudienceOwner;
	readonly #listeners = new Set<Listener>();
	#tick: NodeJS.Timeout | null = null;
	#flushedAt = Number.NEGATIVE_INFINITY;
	#deserted: NodeJS.Timeout | null = null;
	#ended = false;

	constructor(owner: AudienceOwner) {
		this.#owner = owner;
		this.#awaitReaders();
	}

	get size(): number {
		return this.#listeners.size;
	}

	[Symbol.iterator](): IterableIterator<Listener> {
		return this.#listeners.values();
	}

	/** A listener that comes to a document just ended is sent away, to come back to a new instance. */
	join(listener: Listener): void {
		if (this.#ended) {
			listener.end('tryAgain');
			return;
		}
		if (this.#deserted !== null) clearTimeout(this.#deserted);
		this.#deserted = null;
		this.#listeners.add(listener);
	}

	leave(listener: Listener): void {
		if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#awaitReaders();
	}

	send(message: Uint8Array): void {
		const frame = webSocketFrame(message);
		for (const listener of this.#listeners) listener.sendFrame(frame);
	}

	/** From one tick to the next, at least. */
	get tickMs(): number {
		return tickMs(this.#listeners.size);
	}

	/** Asks for the next tick: at once after a quiet while, else a tick after the last. */
	requestFlush(): void {
		if (this.#tick !== null) return;
		const waitMs = this.#flushedAt + this.tickMs * (this.#owner.leastOfTick ?? 1) - performance.now();
		this.#tick = setTimeout(
			() => {
				this.#tick = null;
				this.#flushedAt = performance.now();
				this.#owner.flush();
			},
			Math.max(0, waitMs),
		);
	}

	end(reason: keyof typeof closeCode): void {
		this.#ended = true;
		if (this.#tick !== null) clearTimeout(this.#tick);
		if (this.#deserted !== null) clearTimeout(this.#deserted);
		for (const listener of [...this.#listeners]) listener.end(reason);
		this.#listeners.clear();
	}

	#awaitReaders(): void {
		if (this.#ended) return;
		this.#deserted = setTimeout(() => {
			if (!this.#owner.deserted()) this.#awaitReaders();
		}, desertedAfterMs).unref();
	}
}
