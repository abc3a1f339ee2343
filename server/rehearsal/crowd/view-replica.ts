import { applyPatch, type JsonPatch } from '#lib/protocol/json-patch.ts';
import type { LiveView } from '#lib/protocol/live.ts';

/** What the server sends of a view. It is ours, and of the version that the handshake agreed on. */
type Snapshot = { readonly seq: number; readonly view: LiveView };
type Patch = { readonly seq: number; readonly patch: JsonPatch };

/** A view as a device keeps it: a snapshot and the patches since. */
export class ViewReplica {
	/** The last that is known. */
	view: LiveView | undefined;
	#seq: number | null = null;

	/** The connection is gone: the next thing to come is a snapshot. */
	interrupt(): void {
		this.#seq = null;
	}

	takeSnapshot({ seq, view }: Snapshot): void {
		this.#seq = seq;
		this.view = view;
	}

	/** Returns whether the patch fits; if not, everything must be asked for anew. */
	takePatch({ seq, patch }: Patch): boolean {
		// On the way to a snapshot.
		if (this.#seq === null || this.view === undefined) return true;
		if (seq !== this.#seq + 1) {
			this.#seq = null;
			return false;
		}
		try {
			applyPatch(this.view, patch);
		} catch (error) {
			if (!(error instanceof RangeError)) throw error;
			this.#seq = null;
			return false;
		}
		this.#seq = seq;
		return true;
	}
}
