import * as decoding from 'lib0/decoding';

import { encodeKeepalive } from '#lib/protocol/sync-wire.ts';
import type { Logger } from '#server/logger.ts';

import type { Authorize, Subscription, SyncAccess, Visitor } from './access.ts';
import type { SyncSession } from './sync-session.ts';
import type { SyncSocket, SyncSocketOwner } from './sync-socket.ts';

export type StandingAccess = Exclude<SyncAccess, { kind: 'denied' }>;

export type SyncConnectionOptions = {
	readonly authorize: Authorize;
	readonly logger: Logger;
	readonly closed: (connection: SyncConnection) => void;
};

/** One client's connection to one document: whose it is, what it may do, and what it does. */
export class SyncConnection implements SyncSocketOwner {
	readonly #options: SyncConnectionOptions;
	readonly #visitor: Visitor;
	readonly #documentId: string;
	readonly #socket: SyncSocket;
	readonly #session: SyncSession;
	#access: StandingAccess;
	#timesAsked = 0;
	/** Questions that are out. */
	#asking = 0;

	constructor(
		options: SyncConnectionOptions,
		about: { readonly visitor: Visitor; readonly documentId: string; readonly access: StandingAccess },
		socket: SyncSocket,
		session: SyncSession,
	) {
		this.#options = options;
		this.#visitor = about.visitor;
		this.#documentId = about.documentId;
		this.#access = about.access;
		this.#socket = socket;
		this.#session = session;
	}

	get socket(): SyncSocket {
		return this.#socket;
	}

	get subscription(): Subscription {
		const { kind, subject, scope } = this.#access;
		return { documentId: this.#documentId, kind, subject, scope };
	}

	received(bytes: Uint8Array): void {
		try {
			this.#session.receive(decoding.createDecoder(bytes));
		} catch (error) {
			this.#options.logger.info({ err: error, documentId: this.#documentId }, 'a frame was not the protocol');
			this.#socket.refuse('protocol.invalid');
		}
	}

	closed(): void {
		this.#options.closed(this);
		this.#session.leave();
	}

	keepalive(): Uint8Array {
		return encodeKeepalive(this.#session.digest());
	}

	/** Takes over what memory says of the right; returns whether it could. Where the session itself is in question, it can't. */
	review(): boolean {
		const { review } = this.#access;
		if (review === undefined || this.#asking > 0) return false;
		try {
			this.#takeOver(review());
		} catch (error) {
			this.#couldNotAsk(error);
		}
		return true;
	}

	/** Sends nothing until the answer is there. Only that to the latest question counts: an earlier one may not know of the change yet. */
	async askAgain(): Promise<void> {
		this.#socket.hold();
		this.#timesAsked += 1;
		this.#asking += 1;
		const question = this.#timesAsked;
		let access: SyncAccess;
		try {
			access = await this.#options.authorize(this.#visitor, this.#documentId);
		} catch (error) {
			this.#couldNotAsk(error);
			return;
		} finally {
			this.#asking -= 1;
		}
		if (question === this.#timesAsked) this.#takeOver(access);
	}

	#takeOver(access: SyncAccess): void {
		if (access.kind === 'denied') {
			this.#socket.refuse(access.code);
		} else if (access.kind !== this.#session.kind) {
			this.#socket.end('tryAgain');
		} else {
			this.#access = access;
			this.#session.renew(access);
			this.#socket.release();
		}
	}

	#couldNotAsk(error: unknown): void {
		this.#options.logger.warn({ err: error }, 'a standing right could not be checked');
		this.#socket.end('tryAgain');
	}
}
