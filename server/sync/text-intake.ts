import * as Y from 'yjs';

import type { ErrorCode } from '#lib/protocol/errors.ts';

import type { Listener } from './audience.ts';
import { replaceTexts } from './text-edits.ts';
import { check, type GateRefusal } from './text-gate.ts';

/** A writer's or reader's connection, as its document sees it. */
export type TextListener = Listener & {
	/** The clientID that its structs must carry. */
	readonly clientId: number;
	/** What is sent until the end of this turn of the event loop shall go out in one go. */
	gather(): void;
	/** The first `frames` update frames of this connection are in Postgres. */
	saved(frames: number): void;
	/** Something of this writer is missing: it is to send a step 2 from this state on. */
	resync(stateVector: Uint8Array): void;
	refuse(code: ErrorCode, rule: GateRefusal | 'gap' | 'documentFull'): void;
};

export type Frame = {
	readonly kind: 'frame';
	readonly writer: TextListener;
	readonly update: Uint8Array;
	readonly isStep2: boolean;
	/** Its number among the update frames of its connection, from 1. */
	readonly number: number;
};

/** A change by the server itself. */
export type Edit = {
	readonly kind: 'edit';
	readonly texts: Readonly<Record<string, string>>;
	readonly done: (error: unknown) => void;
};

/** What is to be told once the batch is committed. */
export type Batch = {
	/** All changes as one update; `null` if nothing was new. */
	readonly broadcast: Uint8Array | null;
	readonly saved: ReadonlyMap<TextListener, number>;
	readonly edits: readonly Edit[];
};

/**
 * Checks and applies what has gathered for a document, in order, as one Yjs transaction.
 *
 * A frame after a gap in its writer's clock is not taken; the writer is asked for a step 2, which covers it. Until that is
 * here nothing more of this writer counts as saved, because `saved(n)` speaks of all frames up to the nth (T1).
 */
export class TextIntake {
	readonly #document: Y.Doc;
	readonly #gaps = new Set<TextListener>();

	constructor(document: Y.Doc) {
		this.#document = document;
	}

	/** @throws Error if something accepted did not apply completely: the document is then of no more use */
	take(queue: readonly (Frame | Edit)[]): Batch {
		const saved = new Map<TextListener, number>();
		const refused = new Set<TextListener>();
		let broadcast: Uint8Array | null = null;
		const onUpdate = (update: Uint8Array) => (broadcast = update);
		const { clientID } = this.#document;
		this.#document.on('update', onUpdate);
		try {
			this.#document.transact(() => {
				for (const item of queue) {
					if (item.kind === 'edit') replaceTexts(this.#document, item.texts);
					else if (!refused.has(item.writer)) this.#takeFrame(item, saved, refused);
				}
			});
		} finally {
			this.#document.off('update', onUpdate);
			// Where a transaction holds others' updates too, Yjs takes our own for a stranger's with the same id, and takes another.
			this.#document.clientID = clientID;
		}
		const { pendingStructs, pendingDs } = this.#document.store;
		if (pendingStructs !== null || pendingDs !== null) throw new Error('an accepted update did not apply completely');
		return { broadcast, saved, edits: queue.filter((item) => item.kind === 'edit') };
	}

	forget(writer: TextListener): void {
		this.#gaps.delete(writer);
	}

	#takeFrame(frame: Frame, saved: Map<TextListener, number>, refused: Set<TextListener>): void {
		const { writer, update, isStep2, number } = frame;
		const verdict = check(update, this.#document, { clientId: writer.clientId });
		if (verdict.verdict === 'refuse' || (verdict.verdict === 'resync' && isStep2)) {
			const rule = verdict.verdict === 'refuse' ? verdict.code : 'gap';
			refused.add(writer);
			writer.refuse(rule === 'textTooLong' ? 'text.tooLong' : 'text.refused', rule);
			return;
		}
		if (verdict.verdict === 'resync') {
			if (!this.#gaps.has(writer)) writer.resync(Y.encodeStateVector(this.#document));
			this.#gaps.add(writer);
			return;
		}
		if (verdict.verdict === 'accept') Y.applyUpdate(this.#document, verdict.bytes);
		if (isStep2) this.#gaps.delete(writer);
		if (!this.#gaps.has(writer)) saved.set(writer, number);
	}
}
