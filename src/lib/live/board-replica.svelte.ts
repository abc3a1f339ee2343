import type { BoardContent, BoardGroup, BoardIdea } from '#lib/protocol/board-document.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';

import { BoardConnection, type BoardStatus } from './board-connection.ts';
import { syncAddress } from './document-connection.ts';

/**
 * One board, kept up to date. Connects when it is made (in the browser only: in an effect or `onMount`) and comes back by
 * itself until it is closed; while the network is away the last content stays.
 */
export class BoardReplica {
	readonly #connection: BoardConnection;
	#content: BoardContent | null = $state.raw(null);
	#status: BoardStatus = $state('connecting');

	constructor(boardId: string, address: string = syncAddress()) {
		this.#connection = new BoardConnection({ address, boardId, changed: () => this.#update() });
	}

	/** Sorted; `null` until the first state is here. */
	get content(): BoardContent | null {
		return this.#content;
	}

	get ideas(): readonly BoardIdea[] {
		return this.#content?.ideas ?? [];
	}

	get groups(): readonly BoardGroup[] {
		return this.#content?.groups ?? [];
	}

	get status(): BoardStatus {
		return this.#status;
	}

	/** Why the server doesn't let us read it; only with the status `refused`. */
	get refusedBy(): ErrorCode | null {
		return this.#status === 'refused' ? this.#connection.refusedBy : null;
	}

	close(): void {
		this.#connection.close();
	}

	#update(): void {
		this.#content = this.#connection.content;
		this.#status = this.#connection.status;
	}
}
