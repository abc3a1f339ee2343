import type { Decoder } from 'lib0/decoding';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';

import { isErrorCode, type ErrorCode } from '#lib/protocol/errors.ts';
import {
	closeCode,
	encodeAwareness,
	isUpdateFrame,
	messageType,
	readGranted,
	readKeepalive,
	readRefused,
	readSaved,
	type Granted,
} from '#lib/protocol/sync-wire.ts';

import { Reconnect } from './reconnect.ts';

export type DocumentEvents = {
	/** Connected, gone, saved or synced: look at the getters again. */
	readonly changed: () => void;
	readonly granted: (granted: Granted) => void;
	/** This document instance is of no more use, or its reader has no right (any more): it won't come back by itself. */
	readonly refused: (code: ErrorCode) => void;
	readonly newGeneration: () => void;
	readonly keepalive: (digest: number) => void;
};

export type DocumentConnectionOptions = {
	/** `ws://host/sync` without a slash at its end. */
	readonly address: string;
	readonly documentId: string;
	readonly document: Y.Doc;
	readonly params?: Readonly<Record<string, string>>;
	/** Whether others are to see a caret. */
	readonly carets: boolean;
	readonly events: DocumentEvents;
};

/** A connection that doesn't open in this time never will; the server decides within 15 s whether it lets us in. */
export const openPatienceMs = 20_000;
const restartPatienceMs = 1_500;
const floodPatienceMs = 10_000;
const caretMs = 100;

/**
 * A Yjs document on its socket: the y-websocket provider, spoken to in our protocol and reconnected in our way.
 *
 * It counts the update frames that it sends, so that `saved(n)` of the server says when all of them are in Postgres; what was
 * typed without a connection counts as unsaved until the step 2 that carries it is saved.
 */
export class DocumentConnection {
	readonly awareness: Awareness;
	readonly #provider: WebsocketProvider;
	readonly #events: DocumentEvents;
	readonly #document: Y.Doc;
	readonly #reconnect = new Reconnect(() => this.#connect());
	#sentFrames = 0;
	#savedFrames = 0;
	/** Edits that no frame of the present connection carries. */
	#unsent = false;
	#caretTimer: ReturnType<typeof setTimeout> | undefined;
	/** Runs while a connection is being opened. */
	#openTimer: ReturnType<typeof setTimeout> | undefined;
	#closed = false;

	constructor(options: DocumentConnectionOptions) {
		const { address, documentId, document, events, carets } = options;
		this.#events = events;
		this.#document = document;
		this.awareness = new Awareness(document);
		// Set a second time: others pass over the state that an awareness begins with (its clock is 0).
		this.awareness.setLocalState(carets ? { cursor: null } : null);
		this.#provider = new WebsocketProvider(address, documentId, document, {
			connect: false,
			disableBc: true,
			awareness: this.awareness,
			params: { ...options.params },
			shouldReconnect: () => false,
			WebSocketPolyfill: this.#countingSocket(),
		});
		this.#listen();
		// Not before whoever makes this has it: connecting tells `changed` at once.
		queueMicrotask(() => this.#connect());
	}

	/** In step with the server: the first exchange of this connection is done. */
	get synced(): boolean {
		return this.#provider.synced;
	}

	get connected(): boolean {
		return this.#provider.wsconnected;
	}

	/** Whether something typed here is not in Postgres yet, as far as we know. */
	get unsaved(): boolean {
		return this.#unsent || this.#sentFrames > this.#savedFrames;
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#reconnect.stop();
		clearTimeout(this.#caretTimer);
		clearTimeout(this.#openTimer);
		this.#document.off('update', this.#noticeEdit);
		this.#provider.destroy();
		this.awareness.destroy();
	}

	#connect(): void {
		if (this.#closed) return;
		clearTimeout(this.#openTimer);
		// The provider itself would wait for as long as the operating system does, which may be minutes.
		this.#openTimer = setTimeout(() => this.#provider.disconnect(), openPatienceMs);
		this.#provider.connect();
	}

	#listen(): void {
		const provider = this.#provider;
		this.#answer(messageType.granted, (decoder) => this.#events.granted(readGranted(decoder)));
		this.#answer(messageType.keepalive, (decoder) => this.#events.keepalive(readKeepalive(decoder)));
		this.#answer(messageType.saved, (decoder) => {
			this.#savedFrames = readSaved(decoder);
			this.#events.changed();
		});
		this.#answer(messageType.refused, (decoder) => this.#refuse(readRefused(decoder)));
		this.#document.on('update', this.#noticeEdit);
		provider.on('status', () => {
			if (provider.wsconnected) clearTimeout(this.#openTimer);
			this.#events.changed();
		});
		provider.on('sync', (synced: boolean) => {
			if (synced) this.#reconnect.succeeded();
			this.#events.changed();
		});
		provider.on('connection-close', (event) => this.#lost(event));

		// The provider passes the carets of others back to the server; ours is enough, and not more than ten times a second.
		this.awareness.off('update', provider._awarenessUpdateHandler);
		this.awareness.on('update', (_change: unknown, origin: unknown) => {
			if (origin === 'local') this.#caretTimer ??= setTimeout(() => this.#sendCaret(), caretMs);
		});
	}

	#answer(type: number, take: (decoder: Decoder) => void): void {
		this.#provider.messageHandlers[type] = (_encoder, decoder) => {
			if (!this.#closed) take(decoder);
		};
	}

	readonly #noticeEdit = (_update: Uint8Array, origin: unknown): void => {
		if (origin === this.#provider) return;
		if (!this.#canSend()) this.#unsent = true;
		this.#events.changed();
	};

	/** Whether the provider would send an edit now. */
	#canSend(): boolean {
		return this.#provider.wsconnected && this.#provider.ws?.readyState === WebSocket.OPEN;
	}

	#sendCaret(): void {
		this.#caretTimer = undefined;
		if (this.#closed || !this.#canSend()) return;
		this.#provider.ws?.send(
			new Uint8Array(encodeAwareness(encodeAwarenessUpdate(this.awareness, [this.#document.clientID]))),
		);
	}

	/** `event` is null when a silent connection was given up on this side. */
	#lost(event: CloseEvent | null): void {
		clearTimeout(this.#openTimer);
		// Otherwise the provider would come back by a timer of its own.
		this.#provider.shouldConnect = false;
		this.#unsent = this.unsaved;
		this.#sentFrames = 0;
		this.#savedFrames = 0;
		// The provider is in the middle of closing; whoever is told may close us.
		if (!this.#closed) queueMicrotask(() => this.#afterLoss(event));
	}

	#afterLoss(event: CloseEvent | null): void {
		if (this.#closed) return;
		if (event !== null && event.code === closeCode.newGeneration) this.#events.newGeneration();
		else if (event !== null && event.code >= 4400 && event.code < 4500) this.#refuse(event.reason);
		else this.#reconnect.schedule(event?.code === closeCode.restart ? restartPatienceMs : 0);
		this.#events.changed();
	}

	#refuse(reason: string): void {
		const code = isErrorCode(reason) ? reason : 'protocol.invalid';
		if (code === 'request.tooMany') this.#reconnect.schedule(floodPatienceMs);
		else this.#events.refused(code);
	}

	/** A WebSocket that tells which of its frames count for `saved(n)`. */
	#countingSocket(): typeof WebSocket {
		const counts = (frame: Uint8Array): void => {
			if (!isUpdateFrame(frame)) return;
			this.#sentFrames += 1;
			if (frame[1] === 1) this.#unsent = false;
		};
		return class extends WebSocket {
			override send(data: Parameters<WebSocket['send']>[0]): void {
				super.send(data);
				if (data instanceof Uint8Array) counts(data);
			}
		};
	}
}

/** The address of the page's own server for documents. */
export function syncAddress(
	location: { readonly protocol: string; readonly host: string } = globalThis.location,
): string {
	return `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/sync`;
}
