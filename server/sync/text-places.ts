import * as Y from 'yjs';

import type { StructId } from './update-reader.ts';

/** What is inserted at once: an item of the document, or a struct of the update. */
type Inserted = {
	readonly id: StructId;
	readonly length: number;
	readonly origin: StructId | null;
	readonly rightOrigin: StructId | null;
	/** What follows an item in the document. */
	readonly right?: { readonly id: StructId } | null;
};

/** A struct of the update; its origins are known to exist in its root. */
export type FreshStruct = Inserted & {
	/** `null` for a run that was deleted before it arrived. */
	readonly text: string | null;
	readonly root: Y.Text;
	/** Given exactly where there is no origin. */
	readonly rootName: string | null;
};

/** One unit of a text: where it stands, and the visible text around it. */
export type Unit = {
	readonly root: Y.Text;
	readonly text: string;
	readonly offset: number;
	readonly inserted: Inserted;
};

export type Misplaced = 'originsCrossed' | 'placesTangled';

/** Units `from` … `until - 1` of something inserted that no later insertion divides; `right` is `undefined` where nobody asked. */
type Piece = { readonly inserted: Inserted; readonly from: number; until: number; right: Piece | null | undefined };

/** Structs that those of one update may pass on their way to their places, in all. */
const mostPassed = 10_000;

/**
 * The texts of a document as they will be with the structs of an update in their places, without changing the document.
 *
 * Finds each struct's place as Yjs will (`Item.integrate`, the algorithm YATA), on pieces that are made where they are
 * needed, and counts what is passed on the way. Structs that their writer's replica put side by side cost nothing, and one
 * that comes late into a crowd passes the crowd. A struct whose origins no replica can have had side by side has no place.
 */
export class TextPlaces {
	readonly fresh: FreshStruct[] = [];
	/** The writer's next clock. */
	next: number;
	readonly #store: Y.Doc['store'];
	readonly #writer: number;
	readonly #start: number;
	readonly #pieces = new Map<Inserted, Piece[]>();
	readonly #heads = new Map<Y.Text, Piece>();
	#passed = 0;

	constructor(document: Y.Doc, writer: number) {
		this.#store = document.store;
		this.#writer = writer;
		this.#start = Y.getState(document.store, writer);
		this.next = this.#start;
	}

	/** A unit that the document or this update has, as far as it has been put in its place. */
	find(id: StructId): Unit | null {
		if (id.client === this.#writer && id.clock >= this.#start) return this.#findFresh(id.clock);
		if (id.clock >= Y.getState(this.#store, id.client)) return null;
		const structs = this.#store.clients.get(id.client);
		const item = structs?.[Y.findIndexSS(structs, id.clock)];
		if (!(item instanceof Y.Item && item.parent instanceof Y.Text)) return null;
		const text = !item.deleted && item.content instanceof Y.ContentString ? item.content.str : '';
		return { root: item.parent, text, offset: id.clock - item.id.clock, inserted: item };
	}

	/** Puts the next struct of the writer in its place; says why there is none. */
	put(struct: FreshStruct): Misplaced | null {
		const right = this.#startingAt(struct.rightOrigin);
		const left = this.#endingAt(struct.origin);
		const after = this.#placeOf(struct, left, right);
		if (typeof after === 'string') return after;
		const piece: Piece = { inserted: struct, from: 0, until: struct.length, right: this.#rightOf(after, struct.root) };
		if (after === null) this.#heads.set(struct.root, piece);
		else after.right = piece;
		this.#pieces.set(struct, [piece]);
		this.fresh.push(struct);
		this.next += struct.length;
		return null;
	}

	/** The piece that the struct will follow, `null` at the beginning. */
	#placeOf(struct: FreshStruct, left: Piece | null, right: Piece | null): Piece | null | Misplaced {
		let next = this.#rightOf(left, struct.root);
		if (next === right) return left;
		if (isBeyond(left, right)) return 'originsCrossed';
		const isKnown = left === null || right === null || areBeside(left, right, struct);
		const barriers = isKnown ? [] : [this.#pieceAt(originOf(right)), this.#pieceAt(left.inserted.rightOrigin)];
		let after = left;
		const passed = new Set<Piece | null>();
		const since = new Set<Piece | null>();
		for (; next !== null && next !== right; next = this.#rightOf(next, struct.root)) {
			if (this.#isTooFar()) return 'placesTangled';
			if (barriers.includes(next)) return 'originsCrossed';
			passed.add(next);
			since.add(next);
			const origin = originOf(next);
			if (isSame(origin, struct.origin)) {
				const isFirst = next.inserted.id.client < struct.id.client;
				if (!isFirst && isSame(next.inserted.rightOrigin, struct.rightOrigin)) break;
				if (!isFirst) continue;
			} else {
				const beside = this.#pieceAt(origin);
				if (!passed.has(beside)) break;
				if (since.has(beside)) continue;
			}
			after = next;
			since.clear();
		}
		for (; !isKnown && next !== right; next = this.#rightOf(next, struct.root)) {
			if (next === null || barriers.includes(next)) return 'originsCrossed';
			if (this.#isTooFar()) return 'placesTangled';
		}
		return after;
	}

	#isTooFar(): boolean {
		this.#passed += 1;
		return this.#passed > mostPassed;
	}

	/** What follows a piece, or the beginning of a text. */
	#rightOf(piece: Piece | null, root: Y.Text): Piece | null {
		if (piece === null) return this.#heads.get(root) ?? this.#pieceAt(root._start?.id ?? null);
		if (piece.right === undefined) piece.right = this.#pieceAt(piece.inserted.right?.id ?? null);
		return piece.right;
	}

	#endingAt(id: StructId | null): Piece | null {
		const piece = this.#pieceAt(id);
		if (piece !== null && id !== null) this.#split(piece, id.clock + 1 - piece.inserted.id.clock);
		return piece;
	}

	#startingAt(id: StructId | null): Piece | null {
		const piece = this.#pieceAt(id);
		return piece === null || id === null ? null : this.#split(piece, id.clock - piece.inserted.id.clock);
	}

	/** Divides a piece unless it begins or ends there; returns what begins there. */
	#split(piece: Piece, at: number): Piece {
		if (at === piece.from || at === piece.until) return piece;
		const { inserted, until, right } = piece;
		const pieces = this.#piecesOf(inserted);
		const second: Piece = { inserted, from: at, until, right };
		pieces.splice(indexAt(pieces, at, startOf) + 1, 0, second);
		piece.until = at;
		piece.right = second;
		return second;
	}

	#pieceAt(id: StructId | null): Piece | null {
		const unit = id === null ? null : this.find(id);
		if (unit === null) return null;
		const pieces = this.#piecesOf(unit.inserted);
		return pieces[indexAt(pieces, unit.offset, startOf)] ?? null;
	}

	#piecesOf(inserted: Inserted): Piece[] {
		const known = this.#pieces.get(inserted);
		if (known !== undefined) return known;
		const pieces: Piece[] = [{ inserted, from: 0, until: inserted.length, right: undefined }];
		this.#pieces.set(inserted, pieces);
		return pieces;
	}

	#findFresh(clock: number): Unit | null {
		if (clock >= this.next) return null;
		const struct = this.fresh[indexAt(this.fresh, clock, ({ id }) => id.clock)];
		if (struct === undefined) return null;
		return { root: struct.root, text: struct.text ?? '', offset: clock - struct.id.clock, inserted: struct };
	}
}

function startOf(piece: Piece): number {
	return piece.from;
}

/** Whether a replica that has one of the pieces has something between it and the other, which is an end of the text. */
function isBeyond(left: Piece | null, right: Piece | null): boolean {
	if (left === null) return right !== null && originOf(right) !== null;
	return right === null && left.inserted.rightOrigin !== null;
}

/** Whether it needs no look to know that two pieces can have been side by side: one was inserted beside the other. */
function areBeside(left: Piece, right: Piece, { origin, rightOrigin }: Inserted): boolean {
	return isSame(left.inserted.rightOrigin, rightOrigin) || isSame(originOf(right), origin);
}

function originOf({ inserted, from }: Piece): StructId | null {
	return from === 0 ? inserted.origin : { client: inserted.id.client, clock: inserted.id.clock + from - 1 };
}

function isSame(a: StructId | null, b: StructId | null): boolean {
	return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);
}

/** In a list in order, the index of the last element that starts at or before `at`. */
function indexAt<Element>(list: readonly Element[], at: number, startOf: (element: Element) => number): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const element = list[middle];
		if (element !== undefined && startOf(element) <= at) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}
