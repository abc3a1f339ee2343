/** Names a change: a keystroke by its writer and clock, a board operation by its idea. */
export type ChangeKey = string | number;

/** What was sent in the measured phase, and when: one clock for senders and receivers. */
export class Journal {
	readonly #sentAt = new Map<ChangeKey, number>();
	#changes = 0;

	/** Changes sent since the last {@link reset}. */
	get changes(): number {
		return this.#changes;
	}

	sent(key: ChangeKey): void {
		this.#sentAt.set(key, performance.now());
		this.#changes += 1;
	}

	/** When the change was sent; nothing for one of another phase. */
	sentAt(key: ChangeKey): number | undefined {
		return this.#sentAt.get(key);
	}

	reset(): void {
		this.#sentAt.clear();
		this.#changes = 0;
	}
}

const clocks = 2 ** 20;

/** The key of a keystroke: the insertion of a unit, or its deletion. */
export function keystroke(client: number, clock: number, deletes: boolean): number {
	return (client * clocks + clock) * 2 + (deletes ? 1 : 0);
}
