export type ReconnectLimits = { readonly firstMs: number; readonly longestMs: number };

/** False in Node, where clients of tests and measurements run. */
const inBrowser = typeof document !== 'undefined';

const defaultLimits: ReconnectLimits = { firstMs: 300, longestMs: 8_000 };

/**
 * When to try again: pauses that double up to a limit, each drawn at random from its upper half, so that a hall full of
 * devices doesn't come back in the same moment. Wakes early when the device finds its network or is looked at again.
 */
export class Reconnect {
	readonly #attempt: () => void;
	readonly #limits: ReconnectLimits;
	#failures = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(attempt: () => void, limits: ReconnectLimits = defaultLimits) {
		this.#attempt = attempt;
		this.#limits = limits;
		if (!inBrowser) return;
		addEventListener('online', this.#wake);
		document.addEventListener('visibilitychange', this.#wake);
	}

	/** Plans the next attempt. `atLeastMs`: when the server asked for patience. */
	schedule(atLeastMs = 0): void {
		const limit = Math.min(this.#limits.longestMs, this.#limits.firstMs * 2 ** this.#failures);
		this.#failures += 1;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#now(), atLeastMs * (0.5 + Math.random()) + limit * (0.5 + Math.random() / 2));
	}

	/** The connection stands: the next pause is short again. */
	succeeded(): void {
		this.#failures = 0;
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (!inBrowser) return;
		removeEventListener('online', this.#wake);
		document.removeEventListener('visibilitychange', this.#wake);
	}

	#now(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#attempt();
	}

	readonly #wake = (): void => {
		if (this.#timer !== undefined && document.visibilityState !== 'hidden') this.#now();
	};
}
