import type { LiveView } from '#lib/protocol/live.ts';
import { diff, type JsonPatch } from '#lib/protocol/json-patch.ts';

/** The view of one audience as it was last told, and the numbers of its messages. */
export class ViewFeed {
	readonly #present: () => LiveView;
	#view: LiveView | undefined;
	#encoded: string | undefined;
	#seq = 0;

	constructor(present: () => LiveView) {
		this.#present = present;
	}

	/** The view that the last message led to, as JSON, for somebody who joins the audience now. */
	snapshot(): { seq: number; view: string } {
		this.#view ??= this.#present();
		this.#encoded ??= JSON.stringify(this.#view);
		return { seq: this.#seq, view: this.#encoded };
	}

	/** What has changed since the last message; `undefined` if nothing that this audience sees has. */
	advance(): { seq: number; patch: JsonPatch } | undefined {
		if (this.#view === undefined) return undefined;
		const next = this.#present();
		const patch = diff(this.#view, next);
		if (patch.length === 0) return undefined;
		this.#view = next;
		this.#encoded = undefined;
		this.#seq += 1;
		return { seq: this.#seq, patch };
	}

	/** Nobody listens any more: nothing is presented until somebody does. The numbers go on, so that none is used twice. */
	rest(): void {
		this.#view = undefined;
		this.#encoded = undefined;
		this.#seq += 1;
	}
}
