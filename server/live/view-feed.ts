import { diff, type JsonPatch } from '#lib/protocol/json-patch.ts';

/** A view in two parts with different fields: what several feeds show alike, and what this one shows besides. */
export type Presented = { readonly shared: object; readonly own: object };

/** The view of one audience as it was last told, and the numbers of its messages. */
export class ViewFeed {
	readonly #present: () => Presented;
	#view: Presented | undefined;
	#encoded: string | undefined;
	#seq = 0;

	constructor(present: () => Presented) {
		this.#present = present;
	}

	/** The view that the last message led to, as JSON, for somebody who joins the audience now. */
	snapshot(): { seq: number; view: string } {
		this.#view ??= this.#present();
		this.#encoded ??= JSON.stringify({ ...this.#view.shared, ...this.#view.own });
		return { seq: this.#seq, view: this.#encoded };
	}

	/** What has changed since the last message; `undefined` if nothing that this audience sees has. */
	advance(): { seq: number; patch: JsonPatch } | undefined {
		if (this.#view === undefined) return undefined;
		const next = this.#present();
		const patch = [...sharedDiff(this.#view.shared, next.shared), ...diff(this.#view.own, next.own)];
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

/** Feeds that go from the same view to the same view look for what has changed once. */
const sharedDiffs = new WeakMap<object, { readonly after: object; readonly patch: JsonPatch }>();

function sharedDiff(before: object, after: object): JsonPatch {
	if (before === after) return [];
	const known = sharedDiffs.get(before);
	if (known?.after === after) return known.patch;
	const patch = diff(before, after);
	sharedDiffs.set(before, { after, patch });
	return patch;
}
