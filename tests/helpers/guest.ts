import { randomUUID } from 'node:crypto';

import { io, type Socket } from 'socket.io-client';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

import { ideasOf, readBoard, type BoardContent } from '#lib/protocol/board-document.ts';
import { commandAck, type CommandAck, type CommandInput, type CommandName } from '#lib/protocol/commands.ts';
import { applyPatch } from '#lib/protocol/json-patch.ts';
import {
	protocolVersion,
	type Audience,
	type ClientToServerEvents,
	type LiveView,
	type MeView,
	type ServerToClientEvents,
} from '#lib/protocol/live.ts';
import { messageType } from '#lib/protocol/sync-wire.ts';

import { BrowserClient } from './browser-client.ts';

type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** A person or device at the server, over real HTTP and sockets, with cookies of its own. */
export class Guest implements Disposable {
	readonly origin: string;
	readonly client: BrowserClient;
	readonly #open: { close(): void }[] = [];

	/** @param client a browser that holds sessions already */
	constructor(origin: string, client = new BrowserClient(origin)) {
		this.origin = origin;
		this.client = client;
	}

	/** Goes in with a code, as somebody new or as the person this browser was before. */
	async join(code: string, details: { nickname?: string; tableId?: string; language?: string } = {}): Promise<void> {
		await this.client.json('POST', '/join', { code, language: 'de', ...details });
	}

	live(audience: Audience, workshop: string): LiveConnection {
		const connection = new LiveConnection(this.origin, this.client.cookieHeader, audience, workshop);
		this.#open.push(connection);
		return connection;
	}

	board(boardId: string): BoardReader {
		const reader = new BoardReader(this.origin, this.client.cookieHeader, boardId);
		this.#open.push(reader);
		return reader;
	}

	[Symbol.dispose](): void {
		for (const connection of this.#open) connection.close();
	}
}

/** One socket.io connection and what it was told. */
export class LiveConnection {
	readonly socket: LiveSocket;
	view: LiveView | undefined;
	me: MeView | undefined;
	goodbye: string | undefined;
	refusedWith: string | undefined;
	#seq = 0;

	constructor(origin: string, cookie: string, audience: Audience, workshop: string) {
		this.socket = io(origin, {
			auth: { version: protocolVersion, audience, workshop },
			extraHeaders: { cookie, origin },
			transports: ['websocket'],
			forceNew: true,
			reconnectionDelay: 50,
			reconnectionDelayMax: 200,
		});
		this.socket.on('snapshot', ({ seq, view }) => {
			this.#seq = seq;
			this.view = view;
		});
		this.socket.on('patch', ({ seq, patch }) => {
			if (this.view === undefined || seq !== this.#seq + 1) {
				this.socket.emit('resync');
				return;
			}
			this.#seq = seq;
			applyPatch(this.view, patch);
		});
		this.socket.on('me', (me) => {
			this.me = me;
		});
		this.socket.on('mePatch', ({ patch }) => {
			if (this.me !== undefined) applyPatch(this.me, patch);
		});
		this.socket.on('goodbye', ({ code }) => {
			this.goodbye = code;
		});
		this.socket.on('connect_error', (error) => {
			const { data } = error as { data?: { code?: string } };
			this.refusedWith = data?.code;
		});
	}

	/** Sends a command once, and waits for its answer. */
	async send<Name extends CommandName>(
		name: Name,
		payload: CommandInput<Name>,
		id: string = randomUUID(),
	): Promise<CommandAck> {
		return commandAck.parse(await this.sendRaw({ id, name, payload }));
	}

	async sendRaw(envelope: unknown): Promise<unknown> {
		return new Promise((resolve) => {
			this.socket.emit('command', envelope, resolve);
		});
	}

	close(): void {
		this.socket.disconnect();
	}
}

/** A board as a browser sees it: a Yjs document on its socket. */
export class BoardReader {
	/** The code of the last close by the server. */
	closedWith: number | undefined;
	readonly #document = new Y.Doc();
	readonly #provider: WebsocketProvider;

	constructor(origin: string, cookie: string, boardId: string) {
		class CookieSocket extends WebSocket {
			constructor(address: string) {
				super(address, { headers: { cookie, origin } });
			}
		}
		this.#provider = new WebsocketProvider(`${origin.replace('http', 'ws')}/sync`, boardId, this.#document, {
			disableBc: true,
			// The same interface as the browser's, as far as the provider uses it.
			WebSocketPolyfill: CookieSocket as unknown as typeof globalThis.WebSocket,
		});
		this.#provider.awareness.setLocalState(null);
		const { granted, saved, refused, keepalive } = messageType;
		for (const type of [granted, saved, refused, keepalive]) this.#provider.messageHandlers[type] = () => undefined;
		this.#provider.on('connection-close', (event) => {
			this.closedWith = event?.code;
		});
	}

	get synced(): boolean {
		return this.#provider.synced;
	}

	get content(): BoardContent {
		return readBoard(this.#document);
	}

	/** Tells of each idea that appears from now on. */
	onIdea(tell: (text: string) => void): void {
		ideasOf(this.#document).observe(({ changes }) => {
			for (const [id, { action }] of changes.keys) {
				const text = action === 'add' ? ideasOf(this.#document).get(id)?.get('text') : undefined;
				if (typeof text === 'string') tell(text);
			}
		});
	}

	close(): void {
		this.#provider.destroy();
		this.#document.destroy();
	}
}
