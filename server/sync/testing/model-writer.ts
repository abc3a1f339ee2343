import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

import { encodeSync, messageType, readGranted, readRefused, readSaved, syncStep } from '#lib/protocol/sync-wire.ts';

import type { Grant } from '../text-grants.ts';
import { emptyDocument, headings } from './forge.ts';
import type { Line, ModelServer } from './model-server.ts';

/** Refusals after which a client begins a new instance of the document. */
const ends = new Set(['step.notNow', 'text.refused', 'text.tooLong', 'protocol.invalid']);

/**
 * An honest client, as `TextConnection` and the provider are: sends each edit while it is connected and a step 2 when it is
 * asked, and is in no hurry to read. Throws where the server breaks a promise.
 */
export class ModelWriter {
	document: Y.Doc = emptyDocument(1);
	readonly refusals: string[] = [];
	readonly #server: ModelServer;
	#grant: Grant = { clientId: 0, proof: '' };
	#undo: Y.UndoManager | null = null;
	#line: Line | null = null;
	#mayWrite = true;
	/** The clock of ours that the frames of this connection reach, frame by frame. */
	#sentClocks: number[] = [];
	#isUnsent = false;

	constructor(server: ModelServer) {
		this.#server = server;
		this.reload();
	}

	get line(): Line | null {
		return this.#line;
	}

	/** A new instance, as after a reload of the page; what was not saved is a draft beside the field from here on. */
	reload(): void {
		this.disconnect(true);
		this.document.destroy();
		const grant = this.#server.room.grants.next();
		if (grant === null) throw new Error('no more grants');
		this.#grant = grant;
		this.document = emptyDocument(grant.clientId);
		this.document.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'server') this.#send(update);
		});
		this.#undo = new Y.UndoManager(
			headings.map((heading) => this.document.getText(heading)),
			{ captureTimeout: 0 },
		);
		this.#isUnsent = false;
		this.#mayWrite = true;
	}

	connect(): void {
		if (this.#line?.closed === null) return;
		this.disconnect(false);
		this.#line = this.#server.connect(this.#grant);
		this.#line.toServer.push(encodeSync(syncStep.step1, Y.encodeStateVector(this.document)));
	}

	/** Loses the connection; what is on its way to the server arrives, or not. */
	disconnect(arrives: boolean): void {
		if (this.#line === null) return;
		if (arrives) this.#server.take(this.#line, Infinity);
		this.#server.drop(this.#line);
		this.forget();
	}

	/** Loses the connection without the server noticing. */
	forget(): void {
		this.#isUnsent ||= this.#sentClocks.length > 0;
		this.#sentClocks = [];
		this.#line = null;
	}

	edit(change: (document: Y.Doc) => void): void {
		if (this.#mayWrite) change(this.document);
	}

	undo(isRedo: boolean): void {
		if (!this.#mayWrite) return;
		if (isRedo) this.#undo?.redo();
		else this.#undo?.undo();
	}

	read(count: number): void {
		const line = this.#line;
		if (line === null) return;
		for (const message of line.toClient.splice(0, count)) if (line === this.#line) this.#receive(message);
		if (line.closed === null || line.toClient.length > 0 || line !== this.#line) return;
		this.forget();
		if (ends.has(line.closed)) this.reload();
	}

	#receive(message: Uint8Array): void {
		const decoder = decoding.createDecoder(message);
		switch (decoding.readVarUint(decoder)) {
			case messageType.granted:
				this.#mayWrite = readGranted(decoder).mayWrite;
				if (!this.#mayWrite && this.#isUnsent) this.reload();
				return;
			case messageType.saved:
				this.#checkSaved(readSaved(decoder));
				return;
			case messageType.refused:
				this.refusals.push(readRefused(decoder));
				return;
			case messageType.sync:
				this.#receiveSync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder));
		}
	}

	#receiveSync(step: number, body: Uint8Array): void {
		if (step !== syncStep.step1) {
			Y.applyUpdate(this.document, body, 'server');
			this.#checkCommitted();
			return;
		}
		this.#line?.toServer.push(encodeSync(syncStep.step2, Y.encodeStateAsUpdate(this.document, body)));
		this.#sentClocks.push(this.#ownClock());
		this.#isUnsent = false;
	}

	#send(update: Uint8Array): void {
		if (this.#line === null) {
			this.#isUnsent = true;
			return;
		}
		this.#line.toServer.push(encodeSync(syncStep.update, update));
		// What was typed without a connection is in no frame of this one before the step 2; a deletion may overtake it.
		this.#sentClocks.push(this.#isUnsent ? 0 : this.#ownClock());
	}

	#ownClock(): number {
		return Y.getState(this.document.store, this.document.clientID);
	}

	/** T1 */
	#checkSaved(frames: number): void {
		const said = this.#sentClocks[frames - 1] ?? 0;
		const stored = Y.getState(this.#server.stored.store, this.document.clientID);
		if (stored < said) throw new Error(`saved(${frames}) was said of clock ${said}, but only ${stored} is stored`);
	}

	/** T2 */
	#checkCommitted(): void {
		for (const client of this.document.store.clients.keys()) {
			if (client === this.document.clientID) continue;
			if (Y.getState(this.document.store, client) > Y.getState(this.#server.stored.store, client))
				throw new Error('something was sent that is not stored');
		}
	}
}
