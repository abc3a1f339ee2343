import { createSubscriber } from 'svelte/reactivity';

/**
 * A clock for displays: reading {@link Ticker.now} in a template or a derived makes it run again with every whole second of that
 * clock, as long as somebody looks.
 */
export class Ticker {
	readonly #clock: () => number;
	readonly #subscribe: () => void;

	/** `clock` gives epoch milliseconds, such as `() => session.now()`. */
	constructor(clock: () => number) {
		this.#clock = clock;
		this.#subscribe = createSubscriber((update) => {
			let timer: ReturnType<typeof setTimeout>;
			const wait = (): void => {
				timer = setTimeout(
					() => {
						update();
						wait();
					},
					1000 - (this.#clock() % 1000),
				);
			};
			wait();
			return () => clearTimeout(timer);
		});
	}

	get now(): number {
		this.#subscribe();
		return this.#clock();
	}
}
