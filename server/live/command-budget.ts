/** Commands that one connection may send at once (an outbox after a dead spot), and what it gets back a second. */
const burst = 120;
const perSecond = 15;

/** A token bucket for one connection: a flood hurts only its sender. */
export class CommandBudget {
	readonly #now: () => number;
	#left = burst;
	#countedAt: number;

	constructor(now: () => number) {
		this.#now = now;
		this.#countedAt = now();
	}

	/** Takes one command out of the budget; `false` if it is used up. */
	spend(): boolean {
		const now = this.#now();
		this.#left = Math.min(burst, this.#left + (Math.max(0, now - this.#countedAt) / 1000) * perSecond);
		this.#countedAt = now;
		if (this.#left < 1) return false;
		this.#left -= 1;
		return true;
	}

	get secondsToWait(): number {
		return Math.ceil((1 - this.#left) / perSecond);
	}
}
