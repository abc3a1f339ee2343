import {
	extendPage,
	isComplete,
	keysOf,
	newestPage,
	samePage,
	seenOf,
	turnPage,
	type PagedItem,
	type WallFrame,
	type WallPage,
} from './wall-pages.ts';

/** Which page of notes is on the picture, and which of them had their turn; see `wall-pages.ts` for the order of pages. */
export class NotePager {
	#page: WallPage = $state.raw({ columns: [] });
	#number = $state(0);
	#items: readonly PagedItem[] = [];
	#frame: WallFrame = { columns: 1, height: 0, gap: 0 };
	#laidOutFor: string | null = null;
	/** What was on a page here. */
	#turned: readonly string[] = [];
	#turnedAt = 0;

	get page(): WallPage {
		return this.#page;
	}

	/** Another number is another page, not the same one with more on it. */
	get number(): number {
		return this.#number;
	}

	/** Whether this page can stay: all there is stands on it. */
	get complete(): boolean {
		return isComplete(this.#page, this.#items);
	}

	/** Milliseconds since this page was turned to. */
	age(now: number): number {
		return now - this.#turnedAt;
	}

	/**
	 * Puts what is new into the free places; where the picture has another shape (`layout`), the page is laid out anew from the note
	 * it begins with.
	 */
	lay(items: readonly PagedItem[], frame: WallFrame, layout: string, now: number): void {
		this.#items = items;
		this.#frame = frame;
		const first = this.#laidOutFor === null || keysOf(this.#page).length === 0;
		if (first) this.#show(this.#firstPage(), now);
		else if (layout === this.#laidOutFor)
			this.#settle(extendPage(this.#page, items, frame, seenOf(this.#turned, items)));
		else this.#show(samePage(this.#page, items, frame), now);
		this.#laidOutFor = layout;
	}

	turn(now: number): void {
		this.#show(turnPage(this.#page, this.#items, seenOf(this.#turned, this.#items), this.#frame), now);
	}

	#firstPage(): WallPage {
		const newest = newestPage(this.#items, this.#frame);
		const inGroups = this.#items.some(({ under }) => under !== undefined);
		const unseen = this.#items.some(({ shown, leads }) => leads !== true && !shown);
		if (!inGroups && !unseen) return newest;
		return turnPage({ columns: [] }, this.#items, seenOf(this.#turned, this.#items), this.#frame);
	}

	#show(page: WallPage, now: number): void {
		this.#number += 1;
		this.#turnedAt = now;
		this.#settle(page);
	}

	#settle(page: WallPage): void {
		this.#page = page;
		this.#turned = [...seenOf([...this.#turned, ...keysOf(page)], [])];
	}
}
