import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';

import type { ErrorCode } from '#lib/protocol/errors.ts';
import { textDigest, type Granted } from '#lib/protocol/sync-wire.ts';

import type { DeviceStorage } from './device-storage.ts';
import { DocumentConnection } from './document-connection.ts';
import { Reconnect } from './reconnect.ts';
import { missingPassages, type Passages } from './text-draft.ts';
import { fetchGrant, isRefusedGrant } from './text-grant.ts';

/** `connecting` until the text is here (again, after a refusal); `refused` for good. The others say what is in Postgres. */
export type TextStatus = 'connecting' | 'saved' | 'saving' | 'offline' | 'refused';

export type TextConnectionOptions = {
	readonly address: string;
	readonly documentId: string;
	readonly headings: readonly string[];
	/** Where unsaved text survives a reload. */
	readonly storage: DeviceStorage;
	readonly changed: () => void;
};

/** One document instance: granted a clientID, used until it is refused or has drifted, never again. */
export type TextInstance = {
	readonly document: Y.Doc;
	readonly awareness: Awareness;
	/** Counts from 1; an editor belongs to one instance. */
	readonly number: number;
};

const storeEveryMs = 400;

/**
 * A text that several people write, from this person's side.
 *
 * An instance begins with a grant from the server. If the server refuses what was typed (or a digest shows that the texts
 * have drifted apart), a new instance takes over the server's state, and what it lacks of ours is kept as drafts beside the
 * fields. Unsaved text is also kept on the device: after a reload it comes back as drafts, unless the server has it.
 */
export class TextConnection {
	readonly #options: TextConnectionOptions;
	readonly #retry = new Reconnect(() => void this.#begin());
	#connection: DocumentConnection | null = null;
	#instance: TextInstance | null = null;
	#instances = 0;
	#mayWrite = false;
	#drafts: Passages = {};
	/** Text of ours to be compared with the server's when that is here. */
	#pendingOurs: Passages | null;
	#refusedBy: ErrorCode | null = null;
	#storeTimer: ReturnType<typeof setTimeout> | undefined;
	#stored: boolean;
	#closed = false;

	constructor(options: TextConnectionOptions) {
		this.#options = options;
		this.#pendingOurs = readStored(options.storage, this.#storageKey);
		this.#stored = this.#pendingOurs !== null;
		queueMicrotask(() => void this.#begin());
	}

	/** `null` until the text is here for the first time, and for a moment after a refusal. */
	get instance(): TextInstance | null {
		return this.#instance;
	}

	get mayWrite(): boolean {
		return this.#mayWrite && this.#instance !== null;
	}

	get drafts(): Passages {
		return this.#drafts;
	}

	get refusedBy(): ErrorCode | null {
		return this.#refusedBy;
	}

	get status(): TextStatus {
		if (this.#refusedBy !== null) return 'refused';
		if (this.#instance === null || this.#connection === null) return 'connecting';
		if (!this.#connection.synced) return 'offline';
		return this.#connection.unsaved ? 'saving' : 'saved';
	}

	/** Whether something typed here is not in Postgres yet. */
	get unsaved(): boolean {
		return this.#connection?.unsaved ?? false;
	}

	dropDraft(heading: string): void {
		this.#drafts = Object.fromEntries(Object.entries(this.#drafts).filter(([key]) => key !== heading));
		this.#storeSoon();
		this.#options.changed();
	}

	close(): void {
		this.#storeNow();
		this.#closed = true;
		this.#retry.stop();
		this.#endInstance();
	}

	get #storageKey(): string {
		return `text-draft/${this.#options.documentId}`;
	}

	async #begin(): Promise<void> {
		if (this.#closed) return;
		const { address, documentId } = this.#options;
		try {
			const granted = await fetchGrant(address, documentId);
			this.#open(granted);
		} catch (error) {
			if (isRefusedGrant(error)) this.#refuse(error.code);
			else this.#retry.schedule();
		}
		this.#options.changed();
	}

	#open({ clientId, proof, mayWrite }: Granted): void {
		if (this.#closed) return;
		const { address, documentId, headings } = this.#options;
		const document = new Y.Doc();
		document.clientID = clientId;
		for (const heading of headings) document.getText(heading);
		this.#mayWrite = mayWrite;
		const connection: DocumentConnection = new DocumentConnection({
			address,
			documentId,
			document,
			params: { client: String(clientId), proof },
			carets: true,
			events: {
				changed: () => this.#follow(document, connection),
				granted: (granted) => this.#renewRight(granted),
				refused: (code) => this.#instanceRefused(code),
				newGeneration: () => this.#startAgain(),
				keepalive: (digest) => this.#compare(digest),
			},
		});
		this.#connection = connection;
	}

	#follow(document: Y.Doc, connection: DocumentConnection): void {
		if (this.#closed || connection !== this.#connection) return;
		if (connection.synced && this.#instance === null) {
			this.#retry.succeeded();
			this.#instances += 1;
			this.#instance = { document, awareness: connection.awareness, number: this.#instances };
			this.#keepMissing();
		}
		if (connection.unsaved || this.#stored) this.#storeSoon();
		this.#options.changed();
	}

	/** The step may have closed while we were away: what was typed meanwhile can't be sent any more. */
	#renewRight({ mayWrite }: Granted): void {
		this.#mayWrite = mayWrite;
		if (!mayWrite && this.#connection !== null && this.#instance !== null && !this.#connection.synced && this.unsaved)
			this.#startAgain();
		this.#options.changed();
	}

	#instanceRefused(code: ErrorCode): void {
		if (code === 'text.refused' || code === 'text.tooLong' || code === 'step.notNow' || code === 'protocol.invalid')
			this.#startAgain();
		else this.#refuse(code);
		this.#options.changed();
	}

	#refuse(code: ErrorCode): void {
		this.#storeNow();
		this.#refusedBy = code;
		this.#retry.stop();
		this.#connection?.close();
	}

	/** Drops this instance for a new one, with a pause, so that a fault can't become a storm of requests. */
	#startAgain(): void {
		const ours = this.unsaved ? this.#texts() : null;
		if (ours !== null) this.#pendingOurs = { ...this.#pendingOurs, ...ours };
		this.#storeNow();
		this.#endInstance();
		this.#retry.schedule();
	}

	#endInstance(): void {
		this.#connection?.close();
		this.#connection = null;
		this.#instance?.document.destroy();
		this.#instance = null;
	}

	/** Once the server's text is here: what of ours is not in it becomes a draft. */
	#keepMissing(): void {
		if (this.#pendingOurs === null) return;
		this.#drafts = { ...this.#drafts, ...missingPassages(this.#pendingOurs, this.#texts() ?? {}) };
		this.#pendingOurs = null;
	}

	/** Compares what both sides show when both are at rest. */
	#compare(digest: number): void {
		const document = this.#instance?.document;
		if (digest === 0 || document === undefined || this.unsaved || this.#connection?.synced !== true) return;
		if (textDigest(document) !== digest) this.#startAgain();
	}

	#texts(): Passages | null {
		const document = this.#instance?.document;
		if (document === undefined) return null;
		return Object.fromEntries(this.#options.headings.map((heading) => [heading, document.getText(heading).toJSON()]));
	}

	#storeSoon(): void {
		this.#storeTimer ??= setTimeout(() => this.#storeNow(), storeEveryMs);
	}

	/** Keeps on the device what the server doesn't have: the texts while unsaved, the drafts until they are dropped. */
	#storeNow(): void {
		clearTimeout(this.#storeTimer);
		this.#storeTimer = undefined;
		if (this.#closed) return;
		const unsaved = this.unsaved ? (this.#texts() ?? {}) : {};
		const kept = { ...this.#drafts, ...this.#pendingOurs, ...unsaved };
		this.#stored = Object.keys(kept).length > 0;
		if (this.#stored) this.#options.storage.write(this.#storageKey, JSON.stringify(kept));
		else this.#options.storage.remove(this.#storageKey);
	}
}

function readStored(storage: DeviceStorage, key: string): Passages | null {
	const stored = storage.read(key);
	if (stored === null) return null;
	try {
		const value: unknown = JSON.parse(stored);
		if (typeof value !== 'object' || value === null) return null;
		const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
		return Object.fromEntries(texts);
	} catch {
		// Somebody else's value under our key: nothing of ours is lost.
		return null;
	}
}
