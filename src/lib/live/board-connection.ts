import * as Y from 'yjs';

import {
	byPlace,
	groupsOf,
	ideasOf,
	readGroup,
	readIdea,
	type BoardContent,
	type BoardGroup,
	type BoardIdea,
} from '#lib/protocol/board-document.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';

import { DocumentConnection } from './document-connection.ts';

/** `connecting` until the first state is here, then `live` or `offline`; `refused` for good. */
export type BoardStatus = 'connecting' | 'live' | 'offline' | 'refused';

export type BoardConnectionOptions = {
	readonly address: string;
	readonly boardId: string;
	/** The content or the status may be another one. */
	readonly changed: () => void;
};

/**
 * A board as it arrives from the server. When the server has built the board anew (another generation), the replica is
 * dropped and read afresh; until that is here the old content stays in view.
 */
export class BoardConnection {
	readonly #options: BoardConnectionOptions;
	#replica: Replica;
	#content: BoardContent | null = null;
	#refusedBy: ErrorCode | null = null;
	#closed = false;

	constructor(options: BoardConnectionOptions) {
		this.#options = options;
		this.#replica = this.#open();
	}

	/** Sorted; entries that did not change stay the same objects. `null` until the first state is here. */
	get content(): BoardContent | null {
		return this.#content;
	}

	get status(): BoardStatus {
		if (this.#refusedBy !== null) return 'refused';
		if (this.#content === null) return 'connecting';
		return this.#replica.connection.synced ? 'live' : 'offline';
	}

	get refusedBy(): ErrorCode | null {
		return this.#refusedBy;
	}

	close(): void {
		this.#closed = true;
		this.#replica.close();
	}

	#open(): Replica {
		const replica: Replica = new Replica(this.#options, {
			changed: () => {
				if (this.#closed || replica !== this.#replica) return;
				if (replica.connection.synced) this.#content = replica.content();
				this.#options.changed();
			},
			outdated: () => {
				if (this.#closed || replica !== this.#replica) return;
				replica.close();
				this.#replica = this.#open();
			},
			refused: (code) => {
				this.#refusedBy = code;
				replica.close();
				this.#options.changed();
			},
		});
		return replica;
	}
}

type ReplicaEvents = {
	readonly changed: () => void;
	/** The server has another generation. */
	readonly outdated: () => void;
	readonly refused: (code: ErrorCode) => void;
};

/** The document of one generation. */
class Replica {
	readonly connection: DocumentConnection;
	readonly #document = new Y.Doc();
	readonly #ideas = new Map<string, BoardIdea>();
	readonly #groups = new Map<string, BoardGroup>();
	#sorted: BoardContent | null = null;
	#generation: string | null = null;

	constructor({ address, boardId }: BoardConnectionOptions, events: ReplicaEvents) {
		this.#follow(ideasOf(this.#document), this.#ideas, readIdea);
		this.#follow(groupsOf(this.#document), this.#groups, readGroup);
		this.#document.on('update', () => events.changed());
		this.connection = new DocumentConnection({
			address,
			documentId: boardId,
			document: this.#document,
			carets: false,
			events: {
				changed: events.changed,
				granted: ({ generation }) => {
					const known = this.#generation;
					this.#generation = generation;
					if (known !== null && known !== generation) events.outdated();
				},
				newGeneration: events.outdated,
				refused: events.refused,
				keepalive: () => undefined,
			},
		});
	}

	content(): BoardContent {
		this.#sorted ??= {
			ideas: [...this.#ideas.values()].sort(byPlace),
			groups: [...this.#groups.values()].sort(byPlace),
		};
		return this.#sorted;
	}

	close(): void {
		this.connection.close();
		this.#document.destroy();
	}

	#follow<Entry>(
		entries: Y.Map<Y.Map<unknown>>,
		read: Map<string, Entry>,
		readEntry: (id: string, entry: Y.Map<unknown>) => Entry | null,
	): void {
		entries.observeDeep((events) => {
			const ids = events.flatMap((event) =>
				event.target === entries ? [...event.keys.keys()] : event.path.slice(0, 1),
			);
			for (const id of new Set(ids.map(String))) {
				const entry = entries.get(id);
				const value = entry === undefined ? null : readEntry(id, entry);
				if (value === null) read.delete(id);
				else read.set(id, value);
			}
			this.#sorted = null;
		});
	}
}
