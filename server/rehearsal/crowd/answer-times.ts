/** Anything slower counts as this much. */
const longestMs = 60_000;

/** How long answers took, kept as counts by the millisecond, so that a long evening takes no more room than a short one. */
export class AnswerTimes {
	readonly #counts = new Uint32Array(longestMs + 1);
	#number = 0;
	#longest = 0;

	add(milliseconds: number): void {
		const at = Math.min(longestMs, Math.max(0, Math.round(milliseconds)));
		this.#counts[at] = (this.#counts[at] ?? 0) + 1;
		this.#number += 1;
		this.#longest = Math.max(this.#longest, at);
	}

	/** Null before the first. */
	get summary(): { p50: number; p95: number; p99: number; max: number } | null {
		if (this.#number === 0) return null;
		return { p50: this.#percentile(0.5), p95: this.#percentile(0.95), p99: this.#percentile(0.99), max: this.#longest };
	}

	/** The least number of milliseconds that `share` (0 to 1) of the answers didn't exceed. */
	#percentile(share: number): number {
		let left = Math.ceil(this.#number * share);
		for (const [milliseconds, count] of this.#counts.entries()) {
			left -= count;
			if (left <= 0) return milliseconds;
		}
		return this.#longest;
	}
}
