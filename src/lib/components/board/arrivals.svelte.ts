import type { IdeaId } from '#lib/domain/ids.ts';

type Identified = { readonly id: IdeaId };

/** While somebody touches or scrolls, and this long after, new notes wait. */
const restMs = 3_000;

/**
 * Lets new notes into a list only while nobody has a finger on it: what is being read never moves. What waits is counted, and
 * comes in by itself after a rest or when it is asked for.
 */
export class Arrivals<Item extends Identified> {
	readonly #items: () => readonly Item[] | null;
	readonly #isOwn: (id: IdeaId) => boolean;
	readonly #now: () => number;
	#admitted: Readonly<Record<IdeaId, true>> | null = $state.raw(null);
	#touchedAt = -Infinity;

	constructor(items: () => readonly Item[] | null, isOwn: (id: IdeaId) => boolean, now: () => number = Date.now) {
		this.#items = items;
		this.#isOwn = isOwn;
		this.#now = now;
	}

	readonly #shown: readonly Item[] = $derived.by(() => {
		const items = this.#items() ?? [];
		const admitted = this.#admitted;
		return admitted === null ? items : items.filter(({ id }) => id in admitted || this.#isOwn(id));
	});

	get shown(): readonly Item[] {
		return this.#shown;
	}

	get waiting(): number {
		return (this.#items()?.length ?? 0) - this.#shown.length;
	}

	/** Somebody reads or scrolls here. */
	touch(): void {
		this.#touchedAt = this.#now();
		// From now on only what is on the page is shown.
		this.#admitted ??= Object.fromEntries((this.#items() ?? []).map(({ id }) => [id, true]));
	}

	/** Lets in what waits, if nobody has touched the list for a while. Call it now and then. */
	settle(): void {
		if (this.#admitted !== null && this.#now() - this.#touchedAt >= restMs) this.#admitted = null;
	}

	/** Lets in what waits. */
	admit(): void {
		this.#admitted = null;
	}
}
