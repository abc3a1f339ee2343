import * as encoding from 'lib0/encoding';

import { mergeRanges } from '#server/sync/update-writer.ts';

/** Values of an entry's fields, as Yjs keeps them. */
export type Fields = Readonly<Record<string, string | number | null>>;

/** An entry of a root map that is itself a map, and the clocks at which its fields were written last. */
type Entry = { readonly clock: number; readonly fields: Map<string, number> };

const contentAny = 8;
const contentType = 7;
const typeMap = 1;
const parentKey = 0x20;
const hasOrigin = 0x80;

/** Writes what one client does to entries of its own in root maps, in Yjs' update format 1, without a document. */
export class MapScribe {
	readonly #client: number;
	readonly #entries = new Map<string, Entry>();
	#clock = 0;

	constructor(client: number) {
		this.#client = client;
	}

	/** New entries of a root map, all in one update. */
	add(root: string, entries: Readonly<Record<string, Fields>>): Uint8Array {
		const start = this.#clock;
		const structs = encoding.createEncoder();
		for (const [id, fields] of Object.entries(entries)) this.#addOne(structs, root, id, fields);
		return this.#update(start, structs, []);
	}

	/** New values for fields of an entry. */
	set(id: string, fields: Fields): Uint8Array {
		const entry = this.#entries.get(id);
		if (entry === undefined) throw new Error('There is no such entry');
		const start = this.#clock;
		const structs = encoding.createEncoder();
		const replaced = Object.entries(fields).map(([field, value]) => {
			const before = entry.fields.get(field) ?? 0;
			encoding.writeUint8(structs, contentAny | parentKey | hasOrigin);
			this.#writeId(structs, before);
			this.#writeValue(structs, entry, field, value);
			return { clock: before, length: 1 };
		});
		return this.#update(start, structs, mergeRanges(replaced));
	}

	#addOne(structs: encoding.Encoder, root: string, id: string, fields: Fields): void {
		const entry: Entry = { clock: this.#clock, fields: new Map() };
		this.#entries.set(id, entry);
		this.#clock += 1;
		encoding.writeUint8(structs, contentType | parentKey);
		encoding.writeVarUint(structs, 1);
		encoding.writeVarString(structs, root);
		encoding.writeVarString(structs, id);
		encoding.writeVarUint(structs, typeMap);
		for (const [field, value] of Object.entries(fields)) {
			encoding.writeUint8(structs, contentAny | parentKey);
			encoding.writeVarUint(structs, 0);
			this.#writeId(structs, entry.clock);
			encoding.writeVarString(structs, field);
			this.#writeValue(structs, entry, field, value);
		}
	}

	#writeValue(structs: encoding.Encoder, entry: Entry, field: string, value: string | number | null): void {
		encoding.writeVarUint(structs, 1);
		encoding.writeAny(structs, value);
		entry.fields.set(field, this.#clock);
		this.#clock += 1;
	}

	#writeId(encoder: encoding.Encoder, clock: number): void {
		encoding.writeVarUint(encoder, this.#client);
		encoding.writeVarUint(encoder, clock);
	}

	#update(start: number, structs: encoding.Encoder, deleted: ReturnType<typeof mergeRanges>): Uint8Array {
		return encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarUint(encoder, this.#clock - start);
			this.#writeId(encoder, start);
			encoding.writeUint8Array(encoder, encoding.toUint8Array(structs));
			encoding.writeVarUint(encoder, deleted.length === 0 ? 0 : 1);
			if (deleted.length === 0) return;
			encoding.writeVarUint(encoder, this.#client);
			encoding.writeVarUint(encoder, deleted.length);
			for (const { clock, length } of deleted) {
				encoding.writeVarUint(encoder, clock);
				encoding.writeVarUint(encoder, length);
			}
		});
	}
}
