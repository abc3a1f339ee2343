import * as decoding from 'lib0/decoding';

import { encodeGranted, messageType, syncProtocolVersion, syncStep } from '#lib/protocol/sync-wire.ts';

import type { SyncAccess } from './access.ts';
import type { OpenBoard } from './board-documents.ts';
import { readStateVector, type SyncSession } from './sync-session.ts';
import type { SyncSocket } from './sync-socket.ts';

/** A reader of a board. Readers write nothing: any update closes the connection. */
export class BoardSession implements SyncSession {
	readonly kind = 'board';
	readonly #socket: SyncSocket;
	readonly #board: OpenBoard;

	constructor(socket: SyncSocket, board: OpenBoard) {
		this.#socket = socket;
		this.#board = board;
	}

	start(): void {
		const { generation } = this.#board;
		const granted = { version: syncProtocolVersion, generation, mayWrite: false, clientId: 0, proof: '' };
		this.#socket.send(encodeGranted(granted));
	}

	receive(decoder: decoding.Decoder): void {
		const type = decoding.readVarUint(decoder);
		// Clients' libraries greet with their presence; on a board nobody is told.
		if (type === messageType.awareness || type === messageType.queryAwareness) return;
		if (type !== messageType.sync) {
			this.#socket.refuse('protocol.invalid');
			return;
		}
		if (decoding.readVarUint(decoder) !== syncStep.step1) {
			this.#socket.refuse('board.readOnly');
			return;
		}
		this.#socket.sendFrame(this.#board.stateFor(readStateVector(decoding.readVarUint8Array(decoder))));
		this.#board.join(this.#socket);
	}

	/** Any standing access to a board is the right to read it. */
	renew(_access: SyncAccess): void {
		return;
	}

	digest(): number {
		return 0;
	}

	leave(): void {
		this.#board.leave(this.#socket);
	}
}
