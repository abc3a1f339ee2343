/** Numbers from 0 up to 1, the same in every run. */
export type Random = () => number;

/** Tommy Ettinger's mulberry32. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A whole number from 0 up to (and without) `below`. */
export function below(random: Random, limit: number): number {
	return Math.floor(random() * limit);
}

/** One of them; nothing of an empty list. */
export function oneOf<Item>(random: Random, items: readonly Item[]): Item | undefined {
	return items[below(random, items.length)];
}

/** A pause between two events that come by chance, `meanMs` apart on average and never more than five times that. */
export function chancePauseMs(random: Random, meanMs: number): number {
	return Math.min(5, -Math.log(1 - random())) * meanMs;
}
