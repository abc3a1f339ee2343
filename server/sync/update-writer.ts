import * as encoding from 'lib0/encoding';

import { contentType, parentIsRoot, structFlag, type StructId } from './update-reader.ts';

/** A struct as it leaves the gate; `text` is `null` for a run that was deleted before it arrived. */
export type WrittenStruct = {
	readonly length: number;
	readonly text: string | null;
	readonly origin: StructId | null;
	readonly rightOrigin: StructId | null;
	/** Given exactly where there is no origin. */
	readonly rootName: string | null;
};

/** Clock units `clock` … `clock + length - 1` of one client. */
export type ClockRange = { readonly clock: number; readonly length: number };

const utf8 = new TextEncoder();
/** An update that was let in is shorter than this, and so is each text in it. */
const encoded = new Uint8Array(256 * 1024);

/** Encodes structs of one client, which follow each other from clock `start`, and deletions, in Yjs' update format 1. */
export function encodeUpdate(
	client: number,
	start: number,
	structs: readonly WrittenStruct[],
	deletions: ReadonlyMap<number, readonly ClockRange[]>,
): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, structs.length === 0 ? 0 : 1);
	if (structs.length > 0) {
		encoding.writeVarUint(encoder, structs.length);
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, start);
		for (const struct of structs) writeStruct(encoder, struct);
	}
	encoding.writeVarUint(encoder, deletions.size);
	for (const [owner, ranges] of deletions) writeRanges(encoder, owner, ranges);
	return encoding.toUint8Array(encoder);
}

/** The same units in ascending order, touching and overlapping ranges joined. */
export function mergeRanges(ranges: readonly ClockRange[]): readonly ClockRange[] {
	const merged: { clock: number; length: number }[] = [];
	for (const range of ranges.toSorted((a, b) => a.clock - b.clock)) {
		const last = merged.at(-1);
		if (last !== undefined && range.clock <= last.clock + last.length) {
			last.length = Math.max(last.length, range.clock + range.length - last.clock);
		} else {
			merged.push({ ...range });
		}
	}
	return merged;
}

function writeStruct(encoder: encoding.Encoder, struct: WrittenStruct): void {
	const content = struct.text === null ? contentType.deleted : contentType.string;
	const origin = struct.origin === null ? 0 : structFlag.origin;
	const rightOrigin = struct.rightOrigin === null ? 0 : structFlag.rightOrigin;
	encoding.writeUint8(encoder, content | origin | rightOrigin);
	if (struct.origin !== null) writeId(encoder, struct.origin);
	if (struct.rightOrigin !== null) writeId(encoder, struct.rightOrigin);
	if (struct.rootName !== null) {
		encoding.writeVarUint(encoder, parentIsRoot);
		encoding.writeVarString(encoder, struct.rootName);
	}
	if (struct.text === null) encoding.writeVarUint(encoder, struct.length);
	else writeText(encoder, struct.text);
}

/** As `writeVarString` does, which copies byte by byte. */
function writeText(encoder: encoding.Encoder, text: string): void {
	const { written } = utf8.encodeInto(text, encoded);
	encoding.writeVarUint8Array(encoder, encoded.subarray(0, written));
}

function writeId(encoder: encoding.Encoder, id: StructId): void {
	encoding.writeVarUint(encoder, id.client);
	encoding.writeVarUint(encoder, id.clock);
}

function writeRanges(encoder: encoding.Encoder, client: number, ranges: readonly ClockRange[]): void {
	encoding.writeVarUint(encoder, client);
	encoding.writeVarUint(encoder, ranges.length);
	for (const { clock, length } of ranges) {
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarUint(encoder, length);
	}
}
