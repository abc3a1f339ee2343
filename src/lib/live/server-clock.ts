/** How many of the last messages are believed; older ones may be from before the device's clock was set. */
const window = 16;

/**
 * The server's clock as seen from here. Every message carries the server's time when it left; it arrives late by some delay, so
 * of the last messages the one that arrived fastest (the greatest difference) is nearest to the truth.
 */
export class ServerClock {
	readonly #localNow: () => number;
	#differencesMs: number[] = [];

	/** `localNow` is epoch milliseconds on this device. */
	constructor(localNow: () => number = Date.now) {
		this.#localNow = localNow;
	}

	/** Takes the server's time (epoch milliseconds) out of a message that has just arrived. */
	observe(serverNow: number): void {
		this.#differencesMs = [...this.#differencesMs.slice(1 - window), serverNow - this.#localNow()];
	}

	/** Forgets what was learnt, as after a sleep of the device. */
	reset(): void {
		this.#differencesMs = [];
	}

	/** Epoch milliseconds of the server's clock; the device's own until a message has come. */
	now(): number {
		return this.#localNow() + (this.#differencesMs.length === 0 ? 0 : Math.max(...this.#differencesMs));
	}
}
