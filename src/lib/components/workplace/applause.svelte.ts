import type { TableId } from '#lib/domain/ids.ts';
import { maxClapsAtOnce } from '#lib/domain/floor.ts';
import type { LiveSession } from '#lib/live/live-session.svelte.ts';

/** Taps in quick succession travel together, and bundles follow each other at this distance at least. */
const everyMs = 2_000;
const gatherMs = 400;
/** What somebody may be ahead of the line; claps beyond it are not heard. */
const mostWaiting = 3 * maxClapsAtOnce;

/** One person's applause for one table: counted here with the tap, sent in bundles. It is of the moment: what is refused is let go. */
export class Applause {
	readonly #session: LiveSession<'participant'>;
	readonly #tableId: TableId;
	#waiting = $state(0);
	#given = $state(0);
	#timer: ReturnType<typeof setTimeout> | undefined;
	#sentAt = Number.NEGATIVE_INFINITY;

	constructor(session: LiveSession<'participant'>, tableId: TableId) {
		this.#session = session;
		this.#tableId = tableId;
	}

	/** Claps that the room's count doesn't have yet. */
	get waiting(): number {
		return this.#waiting;
	}

	/** All of this person's since the page was opened. */
	get given(): number {
		return this.#given;
	}

	clap(): void {
		if (this.#waiting >= mostWaiting) return;
		this.#waiting += 1;
		this.#given += 1;
		this.#schedule();
	}

	/** Sends what was tapped last, as when the next table is called. */
	close(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#waiting > 0) this.#send();
	}

	#schedule(): void {
		if (this.#timer !== undefined) return;
		const wait = Math.max(gatherMs, this.#sentAt + everyMs - Date.now());
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.#send();
			if (this.#waiting > 0) this.#schedule();
		}, wait);
	}

	#send(): void {
		const claps = Math.min(maxClapsAtOnce, this.#waiting);
		this.#waiting -= claps;
		this.#sentAt = Date.now();
		void this.#session.send('pitch.applaud', { tableId: this.#tableId, claps });
	}
}
