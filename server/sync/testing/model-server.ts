import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

import { createLogger } from '#server/logger.ts';

import type { Grant } from '../text-grants.ts';
import type { SyncSocket } from '../sync-socket.ts';
import { TextRoom, type TextEntry } from '../text-room.ts';
import { TextSession } from '../text-session.ts';
import type { WebSocketFrame } from '../websocket-frame.ts';
import { headings } from './forge.ts';

/** A connection whose frames lie in two queues until somebody carries them over. */
export type Line = {
	readonly toServer: Uint8Array[];
	readonly toClient: Uint8Array[];
	readonly session: TextSession;
	/** Why the server has closed it: a refusal's code or a reason to come back. The client learns it after the frames before. */
	closed: string | null;
};

const logger = createLogger('silent');
const documentId = 'model';
export const graceMs = 3_000;

/** The real room and sessions of a text, with a database that commits, fails and loses its server when it is told to. */
export class ModelServer {
	mayWrite = true;
	room: TextRoom;
	readonly faults: unknown[] = [];
	/** The codes with which connections were refused. */
	readonly refusals: string[] = [];
	#rows: Uint8Array[];
	#opening = 0;
	#stored = new Y.Doc();
	#underWay: TextEntry | null = null;
	#lines: Line[] = [];
	/** Sockets tell of their end in a later turn of the event loop. */
	#leaving: TextSession[] = [];

	constructor(rows: readonly Uint8Array[]) {
		this.#rows = [...rows];
		this.room = this.#open();
	}

	/** What is in the database. */
	get stored(): Y.Doc {
		return this.#stored;
	}

	get rowCount(): number {
		return this.#rows.length;
	}

	connect(grant: Grant): Line {
		if (!this.room.grants.isGranted(grant)) throw new Error('the proof of a grant is to outlive the server');
		const line: Line = {
			toServer: [],
			toClient: [],
			closed: null,
			session: new TextSession(
				this.#socket(() => line),
				this.room,
				this.#access,
				grant.clientId,
				{
					logger,
					writeGraceMs: graceMs,
				},
			),
		};
		this.#lines.push(line);
		line.session.start();
		return line;
	}

	/** Takes the next frames of a line; those of a closed one go nowhere. */
	take(line: Line, count: number): void {
		for (const frame of line.toServer.splice(0, count))
			if (line.closed === null) line.session.receive(decoding.createDecoder(frame));
	}

	/** The connection is gone, and the server knows. */
	drop(line: Line): void {
		this.#close(line, 'gone');
	}

	setRight(mayWrite: boolean): void {
		this.mayWrite = mayWrite;
		for (const { session, closed } of this.#lines) if (closed === null) session.renew(this.#access);
	}

	/** Begins a commit, unless one is under way. */
	collect(): void {
		this.#settle();
		this.#underWay ??= this.room.collect();
	}

	commit(): void {
		const entry = this.#underWay;
		if (entry === null) return;
		this.#store(entry);
		this.#underWay = null;
		this.room.committed(entry);
	}

	/** The commit under way can't be written: everybody is sent away and comes to a room that is read anew. */
	fail(): void {
		const entry = this.#underWay;
		if (entry === null) return;
		this.#underWay = null;
		this.room.failed(entry, new Error('not writable'));
		if (this.faults.pop() === undefined) throw new Error('the failure was not told');
		this.room = this.#open();
	}

	/** The process ends; a commit under way may have reached the database or not. */
	crash(isStored: boolean): void {
		if (isStored && this.#underWay !== null) this.#store(this.#underWay);
		this.#underWay = null;
		this.room.end('restart');
		this.#leaving = [];
		this.room = this.#open();
	}

	end(): void {
		this.room.end('done');
	}

	get #access() {
		return { kind: 'text', subject: 'somebody', scope: 'somewhere', mayWrite: this.mayWrite, identity: null } as const;
	}

	#open(): TextRoom {
		this.#opening += 1;
		this.#lines = [];
		this.#stored = new Y.Doc();
		for (const row of this.#rows) Y.applyUpdate(this.#stored, row);
		return new TextRoom(
			{ documentId, opening: this.#opening, grantKey: new Uint8Array(32), headings, updates: this.#rows },
			{
				lane: { write: () => Promise.resolve() },
				requestCommit: () => undefined,
				takeBacklog: () => true,
				releaseBacklog: () => undefined,
				onEnd: () => undefined,
				onFault: (error) => this.faults.push(error),
			},
		);
	}

	#store({ row, compacts }: TextEntry): void {
		if (compacts) this.#rows = [];
		this.#rows.push(row.bytes);
		Y.applyUpdate(this.#stored, row.bytes);
	}

	#close(line: Line, reason: string): void {
		if (line.closed !== null) return;
		line.closed = reason;
		this.#leaving.push(line.session);
		this.#lines = this.#lines.filter((open) => open !== line);
	}

	#settle(): void {
		for (const session of this.#leaving.splice(0)) session.leave();
	}

	/** The few things that a session asks of its socket. */
	#socket(line: () => Line): SyncSocket {
		const send = (message: Uint8Array) => {
			if (line().closed === null) line().toClient.push(message);
		};
		const socket: Pick<SyncSocket, 'send' | 'sendFrame' | 'gather' | 'end' | 'refuse'> = {
			send,
			sendFrame: (frame) => send(messageOf(frame)),
			gather: () => undefined,
			end: (reason) => this.#close(line(), reason),
			refuse: (code) => {
				this.refusals.push(code);
				this.#close(line(), code);
			},
		};
		return socket as SyncSocket;
	}
}

/** The message in an unmasked frame. */
function messageOf(frame: WebSocketFrame): Uint8Array {
	const length = frame[1] ?? 0;
	return new Uint8Array(frame.subarray(length < 126 ? 2 : length === 126 ? 4 : 10));
}
