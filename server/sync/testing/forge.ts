import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** A struct as a forger writes it; what isn't given is that of an honest `x` in an empty text. */
export type ForgedStruct = {
	/** The whole info byte but for the two flags of the origins. */
	readonly info?: number;
	readonly origin?: readonly [client: number, clock: number];
	readonly rightOrigin?: readonly [client: number, clock: number];
	readonly root?: string;
	readonly parentInfo?: number;
	readonly text?: string;
	/** The length of a deleted run, in place of a text. */
	readonly deleted?: number;
	/** Writes the content in place of text and deleted run. */
	readonly raw?: (encoder: encoding.Encoder) => void;
};

export type ForgedUpdate = {
	readonly sections?: readonly {
		readonly client: number;
		readonly clock: number;
		readonly structs: readonly ForgedStruct[];
	}[];
	readonly deletions?: readonly {
		readonly client: number;
		readonly ranges: readonly (readonly [clock: number, length: number])[];
	}[];
	/** Bytes behind the end. */
	readonly tail?: readonly number[];
};

/** Encodes an update as it is told, however impossible, in Yjs' update format 1. */
export function forge({ sections = [], deletions = [], tail = [] }: ForgedUpdate): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, sections.length);
		for (const { client, clock, structs } of sections) {
			for (const value of [structs.length, client, clock]) encoding.writeVarUint(encoder, value);
			for (const struct of structs) forgeStruct(encoder, struct);
		}
		encoding.writeVarUint(encoder, deletions.length);
		for (const { client, ranges } of deletions) {
			for (const value of [client, ranges.length, ...ranges.flat()]) encoding.writeVarUint(encoder, value);
		}
		for (const byte of tail) encoding.writeUint8(encoder, byte);
	});
}

function forgeStruct(encoder: encoding.Encoder, struct: ForgedStruct): void {
	const { origin, rightOrigin } = struct;
	const content = struct.deleted === undefined ? 4 : 1;
	const flags = (origin === undefined ? 0 : 0x80) | (rightOrigin === undefined ? 0 : 0x40);
	encoding.writeUint8(encoder, (struct.info ?? content) | flags);
	for (const value of [...(origin ?? []), ...(rightOrigin ?? [])]) encoding.writeVarUint(encoder, value);
	if (origin === undefined && rightOrigin === undefined) {
		encoding.writeVarUint(encoder, struct.parentInfo ?? 1);
		encoding.writeVarString(encoder, struct.root ?? 'dream');
	}
	if (struct.raw !== undefined) struct.raw(encoder);
	else if (struct.deleted === undefined) encoding.writeVarString(encoder, struct.text ?? 'x');
	else encoding.writeVarUint(encoder, struct.deleted);
}

export const headings = ['challenge', 'dream'] as const;

/** A document as the gate expects it: all of its root texts are there. */
export function emptyDocument(clientId: number): Y.Doc {
	const document = new Y.Doc();
	document.clientID = clientId;
	for (const heading of headings) document.getText(heading);
	return document;
}

export function textsOf(document: Y.Doc): string[] {
	return headings.map((heading) => document.getText(heading).toJSON());
}
