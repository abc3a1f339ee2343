import type { BoardId, IdeaId } from '#lib/domain/ids.ts';

import type { Idea } from './workshop-state.ts';

type Shelf = Map<string, Map<IdeaId, Idea>>;

const none: ReadonlyMap<IdeaId, Idea> = new Map();

/** The ideas of a workshop by id, and those of a board or an author without looking through all of them. */
export class Ideas implements Iterable<readonly [IdeaId, Idea]> {
	readonly #all = new Map<IdeaId, Idea>();
	readonly #byBoard: Shelf = new Map();
	readonly #byAuthor: Shelf = new Map();
	readonly #published = new Map<BoardId, number>();

	constructor(ideas: Iterable<Idea> = []) {
		for (const idea of ideas) this.put(idea);
	}

	get size(): number {
		return this.#all.size;
	}

	[Symbol.iterator](): MapIterator<[IdeaId, Idea]> {
		return this.#all.entries();
	}

	get(id: IdeaId): Idea | undefined {
		return this.#all.get(id);
	}

	has(id: IdeaId): boolean {
		return this.#all.has(id);
	}

	values(): MapIterator<Idea> {
		return this.#all.values();
	}

	/** How many are published, on a board or on all of them. */
	published(boardId?: BoardId): number {
		if (boardId !== undefined) return this.#published.get(boardId) ?? 0;
		let published = 0;
		for (const count of this.#published.values()) published += count;
		return published;
	}

	/** In the order in which they came to the board. */
	onBoard(boardId: BoardId): ReadonlyMap<IdeaId, Idea> {
		return this.#byBoard.get(boardId) ?? none;
	}

	/** Written by this participant or on this device, in the order in which they were written. */
	by(authorId: string): ReadonlyMap<IdeaId, Idea> {
		return this.#byAuthor.get(authorId) ?? none;
	}

	/** Adds an idea, or takes over its new row. Its author is for ever. */
	put(idea: Idea): void {
		const before = this.#all.get(idea.id);
		if (before !== undefined && before.boardId !== idea.boardId) this.#byBoard.get(before.boardId)?.delete(idea.id);
		if (before?.state === 'published') this.#count(before.boardId, -1);
		if (idea.state === 'published') this.#count(idea.boardId, 1);
		this.#all.set(idea.id, idea);
		shelve(this.#byBoard, idea.boardId, idea);
		const author = idea.participantId ?? idea.deviceId;
		if (author !== null) shelve(this.#byAuthor, author, idea);
	}

	#count(boardId: BoardId, difference: number): void {
		this.#published.set(boardId, (this.#published.get(boardId) ?? 0) + difference);
	}
}

function shelve(shelf: Shelf, key: string, idea: Idea): void {
	const ideas = shelf.get(key);
	if (ideas === undefined) shelf.set(key, new Map([[idea.id, idea]]));
	else ideas.set(idea.id, idea);
}
