import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocketServer, type WebSocket } from 'ws';

import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import { closeCode, closeCodeOf, encodeGranted, syncProtocolVersion } from '#lib/protocol/sync-wire.ts';
import { isTransientFailure } from '#server/db/transient-failure.ts';

import type { Subscription } from './access.ts';
import { BoardDocuments } from './board-documents.ts';
import { BoardSession } from './board-session.ts';
import { SyncConnection, type SyncConnectionOptions } from './sync-connection.ts';
import { readSyncRequest, type SyncRequest } from './sync-request.ts';
import type { SyncOptions, SyncService } from './sync-service.ts';
import type { SyncSession } from './sync-session.ts';
import { elapsedMs, SyncSocket } from './sync-socket.ts';
import { usualTimes, type SyncTimes } from './sync-times.ts';
import { TextDocuments } from './text-documents.ts';
import { gateLimits } from './text-gate.ts';
import type { TextRoom } from './text-room.ts';
import { TextSession, type TextSessionOptions } from './text-session.ts';

/** An update, its message around it, and some room: the gate itself refuses what is just too large. */
const maxFrameBytes = gateLimits.updateBytes + 64 * 1024;

type About = ConstructorParameters<typeof SyncConnection>[1];

/** What happens with a socket when its handshake is done. */
type Welcome = (client: WebSocket, raw: Duplex) => void;

export function createSyncServer(options: SyncOptions): SyncService {
	return new SyncServer(options);
}

class SyncServer implements SyncService {
	readonly boards: BoardDocuments;
	readonly #options: SyncOptions;
	readonly #times: SyncTimes;
	readonly #texts: TextDocuments;
	readonly #sockets = new WebSocketServer({
		noServer: true,
		clientTracking: false,
		perMessageDeflate: false,
		maxPayload: maxFrameBytes,
	});
	readonly #connections = new Set<SyncConnection>();
	readonly #connectionOptions: SyncConnectionOptions;
	readonly #textOptions: TextSessionOptions;
	readonly #sweep: NodeJS.Timeout;
	/** Grows with every recheck; an admission that one overtook asks again. */
	#rechecks = 0;
	#closed = false;

	constructor(options: SyncOptions) {
		this.#options = options;
		this.#times = options.times ?? usualTimes;
		this.boards = new BoardDocuments(options.loadBoard);
		this.#texts = new TextDocuments(options);
		this.#textOptions = { logger: options.logger, writeGraceMs: this.#times.writeGraceMs };
		this.#connectionOptions = {
			authorize: options.authorize,
			logger: options.logger,
			closed: (connection) => this.#connections.delete(connection),
		};
		this.#sweep = setInterval(() => {
			const now = elapsedMs();
			for (const { socket } of this.#connections) socket.sweep(now);
		}, this.#times.sweepMs).unref();
	}

	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const fail = (error: unknown) => {
			const level = isTransientFailure(error) ? 'warn' : 'error';
			this.#options.logger[level]({ err: error }, 'a document could not be opened');
			reject(socket, '503 Service Unavailable');
		};
		socket.on('error', destroy);
		const overdue = setTimeout(() => reject(socket, '503 Service Unavailable'), this.#times.admissionMs);
		void this.#admit(request, socket, head)
			.catch(fail)
			.finally(() => clearTimeout(overdue));
	}

	review(affects: (subscription: Subscription) => boolean): void {
		this.#rechecks += 1;
		for (const connection of this.#affected(affects)) if (!connection.review()) void connection.askAgain();
	}

	async recheck(affects: (subscription: Subscription) => boolean): Promise<void> {
		this.#rechecks += 1;
		await Promise.all(this.#affected(affects).map((connection) => connection.askAgain()));
	}

	#affected(affects: (subscription: Subscription) => boolean): SyncConnection[] {
		return [...this.#connections].filter(({ subscription }) => affects(subscription));
	}

	async replaceText(documentId: string, texts: Readonly<Record<string, string>>): Promise<void> {
		const room = await this.#texts.open(documentId);
		await room.replace(texts);
	}

	closeText(documentId: string): void {
		void this.#texts.close(documentId);
	}

	async close(patienceMs = 3_000): Promise<void> {
		this.#closed = true;
		clearInterval(this.#sweep);
		await this.#texts.stop(patienceMs);
		this.boards.closeAll();
		for (const { socket } of this.#connections) socket.end('restart');
		this.#sockets.close();
	}

	async #admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		const asked = readSyncRequest(request);
		if (asked === null) {
			reject(socket, '404 Not Found');
			return;
		}
		if (!this.#options.isAllowedOrigin(request)) {
			reject(socket, '403 Forbidden');
			return;
		}

		let welcome: Welcome;
		let rechecks: number;
		do {
			rechecks = this.#rechecks;
			welcome = await this.#prepare(request, asked);
		} while (rechecks !== this.#rechecks);

		if (socket.destroyed || socket.writableEnded) return;
		if (this.#closed) {
			reject(socket, '503 Service Unavailable');
			return;
		}
		// From here on ws listens itself.
		socket.off('error', destroy);
		this.#sockets.handleUpgrade(request, socket, head, (client) => welcome(client, socket));
	}

	/** Asks for the right, opens the document, and says what is to be done with the socket once it is there. */
	async #prepare(request: IncomingMessage, asked: SyncRequest): Promise<Welcome> {
		const { documentId } = asked;
		const visitor = { cookie: request.headers.cookie };
		try {
			const access = await this.#options.authorize(visitor, documentId);
			if (access.kind === 'denied') return refuseWith(access.code);
			if (access.kind === 'board') {
				const board = await this.boards.subscribe(documentId);
				return (client, raw) =>
					this.#begin(
						client,
						raw,
						{ visitor, documentId: board.boardId, access },
						(socket) => new BoardSession(socket, board),
					);
			}
			const room = await this.#texts.open(documentId);
			if (asked.wantsGrant) return (client) => giveGrant(client, room, access.mayWrite);
			const { grant } = asked;
			if (grant === null || !room.grants.isGranted(grant)) return refuseWith('protocol.invalid');
			return (client, raw) =>
				this.#begin(
					client,
					raw,
					{ visitor, documentId: room.documentId, access },
					(socket) => new TextSession(socket, room, access, grant.clientId, this.#textOptions),
				);
		} catch (error) {
			if (error instanceof AppError) return refuseWith(error.code);
			throw error;
		}
	}

	#begin(client: WebSocket, raw: Duplex, about: About, makeSession: (socket: SyncSocket) => SyncSession): void {
		const socket = new SyncSocket(client, raw, this.#times);
		const session = makeSession(socket);
		const connection = new SyncConnection(this.#connectionOptions, about, socket, session);
		socket.belongTo(connection);
		this.#connections.add(connection);
		session.start();
	}
}

/** One for all, since a function of its own would keep what it was made beside. */
function destroy(this: Duplex): void {
	this.destroy();
}

function reject(socket: Duplex, status: string): void {
	if (socket.destroyed || socket.writableEnded) return;
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

/** A browser learns nothing of a refused handshake, so a refusal is a socket that closes with its code. */
function refuseWith(code: ErrorCode): Welcome {
	return (client) => {
		client.on('error', () => undefined);
		client.close(closeCodeOf(code), code);
	};
}

function giveGrant(client: WebSocket, room: TextRoom, mayWrite: boolean): void {
	client.on('error', () => undefined);
	const grant = room.grants.next();
	if (grant === null) {
		// The next opening has clientIDs again.
		room.end('tryAgain');
		client.close(closeCode.tryAgain);
		return;
	}
	client.send(encodeGranted({ version: syncProtocolVersion, generation: '', mayWrite, ...grant }));
	client.close(closeCode.done);
}
