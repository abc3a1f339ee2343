import * as Y from 'yjs';

import { encodeSync, syncStep, textDigest } from '#lib/protocol/sync-wire.ts';

import type { CommitLane, CommitSource } from '#server/db/group-commit.ts';

import { Audience } from './audience.ts';
import { CaretRelay } from './caret-relay.ts';
import type { TextUpdateRow } from './text-document-queries.ts';
import { TextGrants } from './text-grants.ts';
import { TextIntake, type Batch, type Edit, type Frame, type TextListener } from './text-intake.ts';
import { webSocketFrame, type WebSocketFrame } from './websocket-frame.ts';

/** What the room saves in one commit: the update of a tick or, now and then, the whole state in place of all updates. */
export type TextEntry = { readonly row: TextUpdateRow; readonly compacts: boolean };

export type StoredText = {
	readonly documentId: string;
	readonly opening: number;
	readonly grantKey: Uint8Array;
	readonly headings: readonly string[];
	readonly updates: readonly Uint8Array[];
};

export type TextRoomOptions = {
	readonly lane: CommitLane<TextEntry>;
	/** Asks for a place in the next commit. */
	readonly requestCommit: (room: TextRoom) => void;
	/** Takes these bytes into the backlog, or says that it is full. */
	readonly takeBacklog: (bytes: number) => boolean;
	readonly releaseBacklog: (bytes: number) => void;
	/** The room has ended, or nobody has been there for a while: it is to be forgotten. */
	readonly onEnd: (room: TextRoom) => void;
	readonly onFault: (error: unknown) => void;
	/** What stands in the document now is in Postgres; the text under each heading. */
	readonly onSaved?: ((texts: Readonly<Record<string, string>>) => void) | undefined;
};

const compactAfterUpdates = 200;
/** Of a document's encoded state, what was deleted included. Honest sheets stay far below. */
const longestStateBytes = 4 * 1024 * 1024;
const longestQueueBytes = 4 * 1024 * 1024;

/**
 * One text document in memory, with the people who have it open.
 *
 * Frames wait in a queue for the document's next tick and the commit that follows. Then each is checked against the document and
 * applied, all in one Yjs transaction whose single update is written to Postgres; only after the commit is it sent to everybody and are the
 * writers told `saved`. While a commit is under way nothing is applied and nobody joins: whenever something is read from
 * the document to be sent, document and Postgres are equal. If the update can't be written, the room ends and its people
 * come back to one that is read from Postgres.
 */
export class TextRoom implements CommitSource<TextEntry> {
	readonly documentId: string;
	readonly lane: CommitLane<TextEntry>;
	readonly grants: TextGrants;
	readonly carets: CaretRelay;
	readonly #stored: StoredText;
	readonly #options: TextRoomOptions;
	readonly #document = new Y.Doc();
	readonly #intake = new TextIntake(this.#document);
	readonly #audience: Audience;
	readonly #writers = new Map<number, TextListener>();
	#queue: (Frame | Edit)[] = [];
	#queuedBytes = 0;
	#underWay: Batch | null = null;
	#joining: { readonly listener: TextListener; readonly stateVector: Uint8Array }[] = [];
	#seq = 0;
	#storedUpdates: number;
	#storedBytes: number;
	/** It has grown too large; nobody writes any more. */
	#full = false;
	#fullState: WebSocketFrame | null = null;
	#digest: number | null = null;
	#ended = false;

	constructor(stored: StoredText, options: TextRoomOptions) {
		this.documentId = stored.documentId;
		this.#stored = stored;
		this.#options = options;
		this.lane = options.lane;
		this.#storedUpdates = stored.updates.length;
		this.#storedBytes = stored.updates.reduce((sum, update) => sum + update.length, 0);
		this.grants = new TextGrants(stored.opening, stored.grantKey);
		this.#document.clientID = this.grants.serverClientId;
		for (const heading of stored.headings) this.#document.getText(heading);
		this.#document.transact(() => {
			for (const update of stored.updates) Y.applyUpdate(this.#document, update);
		});
		this.#audience = new Audience({
			flush: () => this.#options.requestCommit(this),
			deserted: () => this.#endIfIdle(),
		});
		this.carets = new CaretRelay(this.#audience, new Set(stored.headings));
	}

	/** Takes a connection in; the one that wrote under the same clientID before is closed. */
	enter(listener: TextListener): void {
		this.#writers.get(listener.clientId)?.end('superseded');
		this.#writers.set(listener.clientId, listener);
	}

	/** Answers a step 1: the state, and from then on every change. */
	join(listener: TextListener, stateVector: Uint8Array): void {
		if (this.#underWay !== null) {
			this.#joining.push({ listener, stateVector });
			return;
		}
		listener.sendFrame(this.#stateFor(stateVector));
		this.#audience.join(listener);
		this.carets.greet(listener);
	}

	leave(listener: TextListener): void {
		if (this.#writers.get(listener.clientId) === listener) this.#writers.delete(listener.clientId);
		this.#joining = this.#joining.filter((joining) => joining.listener !== listener);
		this.#intake.forget(listener);
		this.carets.leave(listener);
		this.#audience.leave(listener);
	}

	/** What the document lacks of a writer is to be sent from here on. */
	stateVector(): Uint8Array {
		return Y.encodeStateVector(this.#document);
	}

	receive(writer: TextListener, update: Uint8Array, isStep2: boolean, number: number): void {
		if (this.#ended) return;
		if (this.#full) {
			writer.refuse('text.tooLong', 'documentFull');
			return;
		}
		if (this.#queuedBytes + update.length > longestQueueBytes || !this.#options.takeBacklog(update.length)) {
			writer.end('tryAgain');
			return;
		}
		this.#queuedBytes += update.length;
		this.#queue.push({ kind: 'frame', writer, update, isStep2, number });
		this.#audience.requestFlush();
	}

	/** Makes the texts under these headings these, as a change by the server; resolves after the commit. */
	async replace(texts: Readonly<Record<string, string>>): Promise<void> {
		return new Promise((resolve, reject) => {
			const done = (error: unknown) =>
				error === null ? resolve() : reject(new Error('the text was not replaced', { cause: error }));
			this.#queue.push({ kind: 'edit', texts, done });
			this.#options.requestCommit(this);
		});
	}

	/** The digest of what is committed, for drifted replicas to notice; 0 while something is under way. */
	digest(): number {
		if (this.#underWay !== null) return 0;
		this.#digest ??= textDigest(this.#document);
		return this.#digest;
	}

	collect(): TextEntry | null {
		if (this.#ended || this.#underWay !== null) return null;
		const batch = this.#takeQueue();
		if (batch === null) return null;
		if (batch.broadcast === null) {
			this.#tell(batch);
			return null;
		}
		this.#underWay = batch;
		return this.#entry(batch.broadcast);
	}

	committed(entry: TextEntry): void {
		const batch = this.#underWay;
		if (batch === null || this.#ended) return;
		this.#underWay = null;
		this.#storedUpdates = entry.compacts ? 1 : this.#storedUpdates + 1;
		this.#tell(batch);
		this.#options.onSaved?.(this.#texts());
		const joining = this.#joining;
		this.#joining = [];
		for (const { listener, stateVector } of joining) this.join(listener, stateVector);
		if (this.#queue.length > 0) this.#audience.requestFlush();
	}

	failed(_entry: TextEntry, error: unknown): void {
		this.#options.onFault(error);
		this.end('tryAgain', error);
	}

	/** Sends everybody away; what was not committed is still with its writers. */
	end(reason: 'tryAgain' | 'restart' | 'done', cause: unknown = null): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#options.releaseBacklog(this.#queuedBytes);
		for (const item of [...this.#queue, ...(this.#underWay?.edits ?? [])])
			if (item.kind === 'edit') item.done(cause ?? new Error('the document was closed'));
		for (const writer of [...this.#writers.values()]) writer.end(reason);
		this.#audience.end(reason);
		this.carets.end();
		this.#document.destroy();
		this.#options.onEnd(this);
	}

	#endIfIdle(): boolean {
		if (this.#queue.length > 0 || this.#underWay !== null || this.#writers.size > 0) return false;
		this.end('done');
		return true;
	}

	/** Checks and applies what has gathered; `null` if that broke the room. */
	#takeQueue(): Batch | null {
		const queue = this.#queue;
		this.#queue = [];
		this.#options.releaseBacklog(this.#queuedBytes);
		this.#queuedBytes = 0;
		try {
			return this.#intake.take(queue);
		} catch (error) {
			for (const item of queue) if (item.kind === 'edit') item.done(error);
			this.#options.onFault(error);
			this.end('tryAgain', error);
			return null;
		}
	}

	#entry(update: Uint8Array): TextEntry {
		this.#fullState = null;
		this.#digest = null;
		this.#seq += 1;
		const compacts = this.#storedUpdates >= compactAfterUpdates || this.#storedBytes > longestStateBytes;
		const bytes = compacts ? Y.encodeStateAsUpdate(this.#document) : update;
		this.#storedBytes = compacts ? bytes.length : this.#storedBytes + bytes.length;
		this.#full = compacts && bytes.length > longestStateBytes;
		return { row: { documentId: this.documentId, opening: this.#stored.opening, seq: this.#seq, bytes }, compacts };
	}

	#tell({ broadcast, saved, edits }: Batch): void {
		for (const writer of saved.keys()) writer.gather();
		if (broadcast !== null) this.#audience.send(encodeSync(syncStep.update, broadcast));
		for (const [writer, frames] of saved) writer.saved(frames);
		for (const edit of edits) edit.done(null);
	}

	#texts(): Record<string, string> {
		return Object.fromEntries(
			this.#stored.headings.map((heading) => [heading, this.#document.getText(heading).toJSON()]),
		);
	}

	#stateFor(stateVector: Uint8Array): WebSocketFrame {
		const isEmpty = stateVector.length === 1 && stateVector[0] === 0;
		if (!isEmpty) return webSocketFrame(encodeSync(syncStep.step2, Y.encodeStateAsUpdate(this.#document, stateVector)));
		this.#fullState ??= webSocketFrame(encodeSync(syncStep.step2, Y.encodeStateAsUpdate(this.#document)));
		return this.#fullState;
	}
}
