import type { RoundId } from '#lib/domain/ids.ts';
import { applyPatch, type JsonPatch } from '#lib/protocol/json-patch.ts';
import type { LiveView, MeView, RoundView } from '#lib/protocol/live.ts';

/** What the server sends of a view. It is ours, and of the version that the handshake agreed on. */
type Snapshot = { readonly seq: number; readonly view: LiveView };
type Patch = { readonly seq: number; readonly patch: JsonPatch };

/** What a device is shown, as it keeps it: what all share and what is its person's own, each whole once and then what changes. */
export class ViewReplica {
	/** The last that is known. */
	view: LiveView | undefined;
	#own: MeView | undefined;
	#seq: number | null = null;

	/** The rounds of the room, and those of the person's table. */
	get rounds(): Readonly<Record<RoundId, RoundView>> {
		const own = this.#own?.kind === 'participant' ? this.#own.rounds : {};
		return { ...this.view?.rounds, ...own };
	}

	/** The connection is gone: the next thing to come is a snapshot. */
	interrupt(): void {
		this.#seq = null;
	}

	takeSnapshot({ seq, view }: Snapshot): void {
		this.#seq = seq;
		this.view = view;
	}

	takeOwn(own: MeView): void {
		this.#own = own;
	}

	/** Returns whether the patch fits; if not, everything must be asked for anew. */
	takeOwnPatch(patch: JsonPatch): boolean {
		return this.#own === undefined || fits(this.#own, patch);
	}

	/** Returns the same. */
	takePatch({ seq, patch }: Patch): boolean {
		// On the way to a snapshot.
		if (this.#seq === null || this.view === undefined) return true;
		const isNext = seq === this.#seq + 1 && fits(this.view, patch);
		this.#seq = isNext ? seq : null;
		return isNext;
	}
}

function fits(target: object, patch: JsonPatch): boolean {
	try {
		applyPatch(target, patch);
		return true;
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return false;
	}
}
