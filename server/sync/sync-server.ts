import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import * as decoding from 'lib0/decoding';
import { WebSocketServer, type WebSocket } from 'ws';

import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import {
	closeCode,
	closeCodeOf,
	encodeGranted,
	encodeKeepalive,
	syncProtocolVersion,
} from '#lib/protocol/sync-wire.ts';

import type { Subscription, SyncAccess, Visitor } from './access.ts';
import { BoardDocuments } from './board-documents.ts';
import { BoardSession } from './board-session.ts';
import { readSyncRequest, type SyncRequest } from './sync-request.ts';
import type { SyncOptions, SyncService } from './sync-service.ts';
import type { SyncSession } from './sync-session.ts';
import { SyncSocket } from './sync-socket.ts';
import { usualTimes, type SyncTimes } from './sync-times.ts';
import { TextDocuments } from './text-documents.ts';
import { gateLimits } from './text-gate.ts';
import type { TextRoom } from './text-room.ts';
import { TextSession } from './text-session.ts';

/** An update, its message around it, and some room: the gate itself refuses what is just too large. */
const maxFrameBytes = gateLimits.updateBytes + 64 * 1024;

type StandingAccess = Exclude<SyncAccess, { kind: 'denied' }>;
type ConnectionAbout = {
	readonly visitor: Visitor;
	readonly documentId: string;
	access: StandingAccess;
};

type Connection = ConnectionAbout & {
	readonly socket: SyncSocket;
	readonly session: SyncSession;
	timesAsked: number;
	/** Questions that are out. */
	asking: number;
};

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
	readonly #connections = new Set<Connection>();
	readonly #sweep: NodeJS.Timeout;
	/** Grows with every recheck; an admission that one overtook asks again. */
	#rechecks = 0;
	#closed = false;

	constructor(options: SyncOptions) {
		this.#options = options;
		this.#times = options.times ?? usualTimes;
		this.boards = new BoardDocuments(options.loadBoard);
		this.#texts = new TextDocuments(options);
		this.#sweep = setInterval(() => {
			const now = performance.now();
			for (const { socket } of this.#connections) socket.sweep(now);
		}, this.#times.sweepMs).unref();
	}

	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const fail = (error: unknown) => {
			this.#options.logger.error({ err: error }, 'a document could not be opened');
			reject(socket, '503 Service Unavailable');
		};
		socket.on('error', () => socket.destroy());
		const overdue = setTimeout(() => reject(socket, '503 Service Unavailable'), this.#times.admissionMs);
		void this.#admit(request, socket, head)
			.catch(fail)
			.finally(() => clearTimeout(overdue));
	}

	review(affects: (subscription: Subscription) => boolean): void {
		this.#rechecks += 1;
		const unable: Connection[] = [];
		for (const connection of this.#affected(affects)) {
			const { review } = connection.access;
			// Where the session itself is in question, memory can't answer.
			if (review === undefined || connection.asking > 0) unable.push(connection);
			else this.#takeReview(connection, review);
		}
		if (unable.length > 0) void this.#askAgain(unable);
	}

	async recheck(affects: (subscription: Subscription) => boolean): Promise<void> {
		this.#rechecks += 1;
		await this.#askAgain(this.#affected(affects));
	}

	#affected(affects: (subscription: Subscription) => boolean): Connection[] {
		return [...this.#connections].filter(({ documentId, access: { kind, subject, scope } }) =>
			affects({ documentId, kind, subject, scope }),
		);
	}

	async #askAgain(affected: readonly Connection[]): Promise<void> {
		for (const { socket } of affected) socket.hold();
		await Promise.all(affected.map((connection) => this.#authorizeAgain(connection)));
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
					this.#begin(client, raw, { visitor, documentId, access }, (socket) => new BoardSession(socket, board));
			}
			const room = await this.#texts.open(documentId);
			if (asked.wantsGrant) return (client) => giveGrant(client, room, access.mayWrite);
			const { grant } = asked;
			if (grant === null || !room.grants.isGranted(grant)) return refuseWith('protocol.invalid');
			return (client, raw) =>
				this.#begin(
					client,
					raw,
					{ visitor, documentId, access },
					(socket) =>
						new TextSession(socket, room, access, grant, {
							logger: this.#options.logger,
							writeGraceMs: this.#times.writeGraceMs,
						}),
				);
		} catch (error) {
			if (error instanceof AppError) return refuseWith(error.code);
			throw error;
		}
	}

	#begin(
		client: WebSocket,
		raw: Duplex,
		about: ConnectionAbout,
		makeSession: (socket: SyncSocket) => SyncSession,
	): void {
		const socket = new SyncSocket(
			client,
			raw,
			{
				onFrame: (bytes) => this.#receive(connection, bytes),
				onClose: () => {
					this.#connections.delete(connection);
					session.leave();
				},
				keepalive: () => encodeKeepalive(session.digest()),
			},
			this.#times,
		);
		const session = makeSession(socket);
		const connection: Connection = { ...about, socket, session, timesAsked: 0, asking: 0 };
		this.#connections.add(connection);
		session.start();
	}

	#receive({ socket, session, documentId }: Connection, bytes: Uint8Array): void {
		try {
			session.receive(decoding.createDecoder(bytes));
		} catch (error) {
			this.#options.logger.info({ err: error, documentId }, 'a frame was not the protocol');
			socket.refuse('protocol.invalid');
		}
	}

	/** Only the answer to the latest question counts: an earlier one may not know of the change yet. */
	async #authorizeAgain(connection: Connection): Promise<void> {
		connection.timesAsked += 1;
		connection.asking += 1;
		const question = connection.timesAsked;
		let access: SyncAccess;
		try {
			access = await this.#options.authorize(connection.visitor, connection.documentId);
		} catch (error) {
			this.#options.logger.warn({ err: error }, 'a standing right could not be checked');
			connection.socket.end('tryAgain');
			return;
		} finally {
			connection.asking -= 1;
		}
		if (question === connection.timesAsked) this.#takeOver(connection, access);
	}

	#takeReview(connection: Connection, review: () => SyncAccess): void {
		try {
			this.#takeOver(connection, review());
		} catch (error) {
			this.#options.logger.warn({ err: error }, 'a standing right could not be checked');
			connection.socket.end('tryAgain');
		}
	}

	#takeOver(connection: Connection, access: SyncAccess): void {
		const { socket, session } = connection;
		if (access.kind === 'denied') {
			socket.refuse(access.code);
		} else if (access.kind !== session.kind) {
			socket.end('tryAgain');
		} else {
			connection.access = access;
			session.renew(access);
			socket.release();
		}
	}
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
