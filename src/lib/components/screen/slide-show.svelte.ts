/** Turns the pages of a panel that has more to show than fits, one after the other and round again. Made inside a component. */
export class SlideShow {
	#turns = $state(0);

	constructor(stayMs: number) {
		$effect(() => {
			const timer = setInterval(() => (this.#turns += 1), stayMs);
			return () => clearInterval(timer);
		});
	}

	/** Which of `count` pages is shown now; counts from 0. */
	page(count: number): number {
		return count > 0 ? this.#turns % count : 0;
	}
}

/** Long enough to read half a dozen options and their numbers aloud. */
export const slideStayMs = 18_000;
