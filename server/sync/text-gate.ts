import * as Y from 'yjs';

import { TextPlaces, type FreshStruct, type Misplaced, type Unit } from './text-places.ts';
import { MalformedUpdate, UpdateReader, type ReadStruct, type StructId } from './update-reader.ts';
import { encodeUpdate, mergeRanges, type ClockRange } from './update-writer.ts';

/**
 * The text gate: what a writer's update may do to a text document. SPEC.md numbers the rules (G1 …); each `refuse` below
 * names the one it enforces.
 *
 * `check(update, document, grant)` is pure. What it accepts it encodes anew, so that what is inspected is what is applied:
 * the client's own bytes go nowhere. Applying an accepted update right away leaves nothing pending in the document.
 *
 * - `accept(bytes)`: new for this document; to be applied before the next check.
 * - `known`: nothing new in it (a repetition, or the empty step 2 of a mere reader).
 * - `resync`: honest, but something of this writer is missing before it; ask for a step 2.
 * - `refuse(code)`: no honest client of ours sends this; nothing of it is taken.
 */
export type GateVerdict =
	| { readonly verdict: 'accept'; readonly bytes: Uint8Array }
	| { readonly verdict: 'known' }
	| { readonly verdict: 'resync' }
	| { readonly verdict: 'refuse'; readonly code: GateRefusal };

export type GateRefusal =
	| 'malformed'
	| 'tooLarge'
	| 'emptySection'
	| 'repeatedSection'
	| 'emptyStruct'
	| 'deletedRunTooLong'
	| 'foreignStruct'
	| 'unknownRoot'
	| 'unknownOrigin'
	| 'originsApart'
	| 'insideSurrogatePair'
	| 'unreadableText'
	| 'textTooLong'
	| 'futureDelete'
	| Misplaced;

/** What the server granted to one document instance: the clientID that its structs must carry. */
export type TextGrant = { readonly clientId: number };

export const gateLimits = {
	updateBytes: 256 * 1024,
	/** For structs that were typed and deleted before they were sent. */
	deletedRunUnits: 200_000,
	/** The editor stops earlier; this also leaves room to replace a whole text in one update. */
	textUnits: 40_000,
} as const;

/** Where the border of a unit lies, in units from its own place. */
const borders = { before: 0, after: 1 } as const;

type Side = keyof typeof borders;
type Deletions = ReadonlyMap<number, readonly ClockRange[]>;

/** Postgres can't keep a NUL in a text; editors count a carriage return as a line break and lose their place. */
const unreadable = /[\0\r]/;

class Stop extends Error {
	readonly verdict: GateVerdict;
	constructor(verdict: GateVerdict) {
		super(verdict.verdict);
		this.verdict = verdict;
	}
}

function refuse(code: GateRefusal): never {
	throw new Stop({ verdict: 'refuse', code });
}

/**
 * @param update bytes from the client, in Yjs' update format 1
 * @param document whose root texts have all been created with `getText`; holds nothing but them, nothing pending
 */
export function check(update: Uint8Array, document: Y.Doc, grant: TextGrant): GateVerdict {
	if (update.length > gateLimits.updateBytes) return { verdict: 'refuse', code: 'tooLarge' }; // G2
	try {
		return new Inspection(document, grant.clientId).run(new UpdateReader(update));
	} catch (error) {
		if (error instanceof Stop) return error.verdict;
		if (error instanceof MalformedUpdate) return { verdict: 'refuse', code: 'malformed' }; // G1
		throw error;
	}
}

/** One run of the gate over one update. */
class Inspection {
	readonly #document: Y.Doc;
	readonly #writer: number;
	/** The writer's next clock in the document; fresh structs begin there. */
	readonly #start: number;
	readonly #places: TextPlaces;
	readonly #typedUnits = new Map<Y.Text, number>();

	constructor(document: Y.Doc, writer: number) {
		this.#document = document;
		this.#writer = writer;
		this.#places = new TextPlaces(document, writer);
		this.#start = this.#places.next;
	}

	run(reader: UpdateReader): GateVerdict {
		this.#readSections(reader);
		const deletions = this.#readDeletions(reader);
		reader.end();
		for (const [client, ranges] of deletions) this.#checkDeletions(client, ranges);
		const { fresh } = this.#places;
		if (fresh.length === 0 && deletions.size === 0) return { verdict: 'known' };
		return { verdict: 'accept', bytes: encodeUpdate(this.#writer, this.#start, fresh, deletions) };
	}

	#readSections(reader: UpdateReader): void {
		const seen = new Set<number>();
		for (let sections = reader.uint(); sections > 0; sections -= 1) {
			let structs = reader.uint();
			if (structs === 0) refuse('emptySection'); // G3
			const client = reader.uint();
			if (seen.has(client)) refuse('repeatedSection'); // G3
			seen.add(client);
			for (let clock = reader.uint(); structs > 0; structs -= 1) {
				const struct = reader.struct();
				if (struct.length === 0) refuse('emptyStruct'); // G4
				this.#take(client, clock, struct);
				clock += struct.length;
			}
		}
	}

	#take(client: number, clock: number, struct: ReadStruct): void {
		const isWriters = client === this.#writer;
		const known = this.#nextClockOf(client);
		if (clock + struct.length <= known) return; // G5
		if (!isWriters) refuse('foreignStruct'); // G6
		if (clock > known) throw new Stop({ verdict: 'resync' }); // G7
		const fresh = this.#cut(struct, known - clock);
		this.#checkText(fresh);
		const misplaced = this.#places.put(fresh);
		if (misplaced !== null) refuse(misplaced); // G15, G16
	}

	#nextClockOf(client: number): number {
		return client === this.#writer ? this.#places.next : Y.getState(this.#document.store, client);
	}

	/** Leaves out the units that the document has already, as Yjs would: what remains follows the last of them. */
	#cut(struct: ReadStruct, knownUnits: number): FreshStruct {
		const id = { client: this.#writer, clock: this.#places.next };
		const origin = knownUnits === 0 ? struct.origin : { ...id, clock: id.clock - 1 };
		return {
			id,
			length: struct.length - knownUnits,
			text: struct.text?.slice(knownUnits) ?? null,
			origin,
			rightOrigin: struct.rightOrigin,
			root: this.#rootOf(origin, struct),
			rootName: origin === null ? struct.rootName : null,
		};
	}

	#rootOf(origin: StructId | null, struct: ReadStruct): Y.Text {
		const roots = [
			origin === null ? null : this.#neighbourRoot(origin, 'after'),
			struct.rightOrigin === null ? null : this.#neighbourRoot(struct.rightOrigin, 'before'),
			struct.rootName === null ? null : this.#namedRoot(struct.rootName),
		].filter((root) => root !== null);
		const [root] = roots;
		if (root === undefined || roots.some((other) => other !== root)) refuse('originsApart'); // G10
		return root;
	}

	#namedRoot(name: string): Y.Text {
		const root = this.#document.share.get(name);
		return root instanceof Y.Text ? root : refuse('unknownRoot'); // G8
	}

	/** The text that a neighbour stands in; the new struct is to be put `before` or `after` the unit with this id. */
	#neighbourRoot(id: StructId, side: Side): Y.Text {
		const unit = this.#places.find(id) ?? refuse('unknownOrigin'); // G9
		if (splitsPair(unit, side)) refuse('insideSurrogatePair'); // G11
		return unit.root;
	}

	#checkText({ text, length, root }: FreshStruct): void {
		if (text === null) {
			if (length > gateLimits.deletedRunUnits) refuse('deletedRunTooLong'); // G4
			return;
		}
		if (unreadable.test(text) || !text.isWellFormed()) refuse('unreadableText'); // G12
		const typed = (this.#typedUnits.get(root) ?? root.length) + length;
		if (typed > gateLimits.textUnits) refuse('textTooLong'); // G13
		this.#typedUnits.set(root, typed);
	}

	#readDeletions(reader: UpdateReader): Deletions {
		const deletions = new Map<number, readonly ClockRange[]>();
		for (let clients = reader.uint(); clients > 0; clients -= 1) {
			const client = reader.uint();
			if (deletions.has(client)) refuse('repeatedSection'); // G3
			const ranges: ClockRange[] = [];
			for (let count = reader.uint(); count > 0; count -= 1) {
				const range = { clock: reader.uint(), length: reader.uint() };
				if (range.length === 0) refuse('emptyStruct'); // G4
				ranges.push(range);
			}
			if (ranges.length === 0) refuse('emptySection'); // G3
			deletions.set(client, mergeRanges(ranges));
		}
		return deletions;
	}

	#checkDeletions(client: number, ranges: readonly ClockRange[]): void {
		const isWriters = client === this.#writer;
		const state = this.#nextClockOf(client);
		for (const { clock, length } of ranges) {
			const end = clock + length;
			if (end > state && isWriters) throw new Stop({ verdict: 'resync' }); // G7
			if (end > state) refuse('futureDelete'); // G14
			if (this.#cutsPair({ client, clock }, 'before') || this.#cutsPair({ client, clock: end - 1 }, 'after'))
				refuse('insideSurrogatePair'); // G11
		}
	}

	#cutsPair(id: StructId, side: Side): boolean {
		const unit = this.#places.find(id);
		return unit !== null && splitsPair(unit, side);
	}
}

/** Whether the border before or after a unit lies inside a surrogate pair; Yjs would replace both halves. */
function splitsPair({ text, offset }: Unit, side: Side): boolean {
	const next = text.charCodeAt(offset + borders[side]);
	return next >= 0xdc00 && next <= 0xdfff;
}
