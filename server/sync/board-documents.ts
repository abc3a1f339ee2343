import { randomBytes } from 'node:crypto';

import * as Y from 'yjs';

import {
	applyBoardChanges,
	boardDifference,
	readBoard,
	type BoardChange,
	type BoardContent,
} from '#lib/protocol/board-document.ts';
import { encodeSync, syncStep } from '#lib/protocol/sync-wire.ts';

import { Audience, type Listener } from './audience.ts';
import { webSocketFrame, type WebSocketFrame } from './websocket-frame.ts';

/** Reads a board's published content from its rows. `generation` grows when the rows were replaced as a whole. */
export type LoadBoard = (boardId: string) => Promise<{ readonly generation: number; readonly content: BoardContent }>;

/** A board's document as a connection needs it: where to listen, and what to send first. */
export type OpenBoard = {
	readonly boardId: string;
	/** Names this document instance; never used twice, not even after a restart. */
	readonly generation: string;
	join(listener: Listener): void;
	leave(listener: Listener): void;
	/** The frame that brings a replica with this state vector (empty: none yet) up to date. */
	stateFor(stateVector: Uint8Array): WebSocketFrame;
};

const emptyStateVectorLength = 1;
const serverClientId = 1;

/**
 * The boards that somebody looks at, each as a Yjs document that only this class writes.
 *
 * The rows are the truth: a board is built from them when its first reader comes, and forgotten a while after the last one
 * left. Callers apply a change *after* its commit, in commit order; the changes of one tick become one transaction, one
 * encoded frame, and the same bytes for every reader.
 */
export class BoardDocuments {
	readonly #loadBoard: LoadBoard;
	readonly #boards = new Map<string, BoardRoom>();
	readonly #loading = new Map<string, { readonly board: Promise<BoardRoom>; readonly changes: BoardChange[] }>();

	constructor(loadBoard: LoadBoard) {
		this.#loadBoard = loadBoard;
	}

	/** Puts a board's content in place at once, when the caller has just read it. Keeps the instance if it is open already. */
	open(boardId: string, generation: number, content: BoardContent): void {
		this.replace(boardId, generation, content);
	}

	/** The board, read from its rows if need be. Rejects with what `loadBoard` threw. */
	async subscribe(boardId: string): Promise<OpenBoard> {
		const open = this.#boards.get(boardId);
		if (open !== undefined) return open;
		const loading = this.#loading.get(boardId);
		if (loading !== undefined) return loading.board;
		const changes: BoardChange[] = [];
		const board = this.#load(boardId, changes).finally(() => this.#loading.delete(boardId));
		this.#loading.set(boardId, { board, changes });
		return board;
	}

	/**
	 * Takes over committed changes. Nothing happens where nobody looks; what is committed while the rows are being read is
	 * applied after them, which is harmless if they held it already.
	 */
	apply(boardId: string, changes: readonly BoardChange[]): void {
		this.#loading.get(boardId)?.changes.push(...changes);
		this.#boards.get(boardId)?.add(changes);
	}

	/**
	 * Takes over rows that were read anew. Within a generation readers get the difference; with another one they are sent
	 * away and sync afresh.
	 */
	replace(boardId: string, generation: number, content: BoardContent): void {
		const open = this.#boards.get(boardId);
		if (open?.rowGeneration === generation) {
			open.add(boardDifference(open.content(), content));
			return;
		}
		open?.end('newGeneration');
		this.#boards.set(boardId, this.#build(boardId, generation, content));
	}

	/** Forgets a board and sends its readers away; they come back and are asked for their right again. */
	close(boardId: string): void {
		this.#boards.get(boardId)?.end('newGeneration');
		this.#boards.delete(boardId);
	}

	/** Whether somebody reads this board or did a moment ago. */
	isOpen(boardId: string): boolean {
		return this.#boards.has(boardId) || this.#loading.has(boardId);
	}

	/** How often its readers hear of changes; 0 where nobody looks. */
	tickMs(boardId: string): number {
		return this.#boards.get(boardId)?.tickMs ?? 0;
	}

	/** What readers see, for tests and diagnosis; `null` where nobody looks. */
	content(boardId: string): BoardContent | null {
		return this.#boards.get(boardId)?.content() ?? null;
	}

	closeAll(): void {
		for (const board of this.#boards.values()) board.end('restart');
		this.#boards.clear();
	}

	async #load(boardId: string, changes: readonly BoardChange[]): Promise<BoardRoom> {
		const { generation, content } = await this.#loadBoard(boardId);
		const existing = this.#boards.get(boardId);
		if (existing !== undefined) return existing;
		const board = this.#build(boardId, generation, content);
		board.add(changes);
		this.#boards.set(boardId, board);
		return board;
	}

	#build(boardId: string, generation: number, content: BoardContent): BoardRoom {
		const board: BoardRoom = new BoardRoom(boardId, generation, content, () => {
			if (this.#boards.get(boardId) === board) this.#boards.delete(boardId);
		});
		return board;
	}
}

class BoardRoom implements OpenBoard {
	readonly boardId: string;
	readonly rowGeneration: number;
	readonly generation: string;
	readonly #document = new Y.Doc();
	readonly #audience: Audience;
	#waiting: BoardChange[] = [];
	#fullState: WebSocketFrame | null = null;

	constructor(boardId: string, rowGeneration: number, content: BoardContent, onDeserted: () => void) {
		this.boardId = boardId;
		this.rowGeneration = rowGeneration;
		this.generation = `${String(rowGeneration)}-${randomBytes(9).toString('base64url')}`;
		this.#document.clientID = serverClientId;
		this.#audience = new Audience({
			leastOfTick: 0.7,
			flush: () => this.#flush(),
			deserted: () => {
				this.end('done');
				onDeserted();
				return true;
			},
		});
		applyBoardChanges(this.#document, boardDifference({ ideas: [], groups: [] }, content));
		this.#document.on('update', (update: Uint8Array) => {
			this.#fullState = null;
			this.#audience.send(encodeSync(syncStep.update, update));
		});
	}

	join(listener: Listener): void {
		this.#audience.join(listener);
	}

	leave(listener: Listener): void {
		this.#audience.leave(listener);
	}

	end(reason: 'newGeneration' | 'restart' | 'done'): void {
		this.#audience.end(reason);
		this.#document.destroy();
	}

	get tickMs(): number {
		return this.#audience.tickMs;
	}

	add(changes: readonly BoardChange[]): void {
		if (changes.length === 0) return;
		this.#waiting.push(...changes);
		this.#audience.requestFlush();
	}

	content(): BoardContent {
		this.#flush();
		return readBoard(this.#document);
	}

	stateFor(stateVector: Uint8Array): WebSocketFrame {
		this.#flush();
		if (stateVector.length > emptyStateVectorLength) {
			return webSocketFrame(encodeSync(syncStep.step2, Y.encodeStateAsUpdate(this.#document, stateVector)));
		}
		this.#fullState ??= webSocketFrame(encodeSync(syncStep.step2, Y.encodeStateAsUpdate(this.#document)));
		return this.#fullState;
	}

	#flush(): void {
		const changes = this.#waiting;
		this.#waiting = [];
		if (changes.length > 0) applyBoardChanges(this.#document, changes);
	}
}
