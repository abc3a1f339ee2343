/** How many of the last messages are believed; older ones may be from before the device's clock was set. */
const window = 16;
/** Nothing arrives this late over a connection that lives; a message that seems to is from a clock that was set. */
const longestDelayMs = 60_000;

/**
 * The server's clock as seen from here. Every message carries the server's time when it left; it arrives late by some delay, so
 * of the last messages the one that arrived fastest (the greatest difference) is nearest to the truth. If either clock is set
 * meanwhile, what was learnt before is forgotten.
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
		const differenceMs = serverNow - this.#localNow();
		if (differenceMs < Math.max(...this.#differencesMs) - longestDelayMs) this.reset();
		this.#differencesMs = [...this.#differencesMs.slice(1 - window), differenceMs];
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
