import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type * as Y from 'yjs';

import { statusOf, type ErrorCode } from './errors.ts';

/**
 * What travels on a document's socket, `/sync/<documentId>`: the y-websocket protocol and four messages of ours.
 *
 * A frame is one message: its type as varUint, then its fields. Server to client:
 * - `granted(version, generation, mayWrite, clientId, proof)` comes first on every connection, and again when the right to
 *   write changes. A client whose replica has another generation drops it. `clientId` and `proof` are empty but for writers.
 * - `saved(n)`: the first n update frames (sync step 2 and update) of this connection are in Postgres.
 * - `refused(code)`: an update was not taken; nothing more will be taken on this connection, which closes.
 * - `keepalive(digest)`: something to hear, at least every 15 s; a digest of the text as saved, 0 if it can't be said now.
 *
 * A writer first opens `/sync/<documentId>?grant`, which answers `granted` and closes: the clientID that it must use for one
 * document instance, with a proof that it was granted it. Every connection of that instance shows both (`?client=…&proof=…`).
 * The proof is no key to the document (that is the session's matter): it keeps others from writing under this clientID.
 */
export const syncProtocolVersion = 1;

export const messageType = {
	sync: 0,
	awareness: 1,
	queryAwareness: 3,
	granted: 16,
	saved: 17,
	refused: 18,
	keepalive: 19,
} as const;

export const syncStep = { step1: 0, step2: 1, update: 2 } as const;

export const keepaliveMs = 15_000;

/** Close codes that are no refusal: the client connects again. Refusals close with {@link closeCodeOf} and the code as reason. */
export const closeCode = {
	done: 1000,
	/** The server restarts; come back after a random pause. */
	restart: 1012,
	/** This socket was too slow or the server has too much to save; come back and sync again. */
	tryAgain: 1013,
	/** A newer connection of the same document instance has taken over. */
	superseded: 4290,
	/** The board was built anew: drop the replica and sync afresh. */
	newGeneration: 4291,
} as const;

/** 4401, 4403, 4404 …: the HTTP status of a refusal, moved into the range that is free for applications. */
export function closeCodeOf(code: ErrorCode): number {
	return 4000 + statusOf(code);
}

export type Granted = {
	readonly version: number;
	readonly generation: string;
	readonly mayWrite: boolean;
	/** 0 where nothing was granted. */
	readonly clientId: number;
	readonly proof: string;
};

export function encodeGranted(granted: Granted): Uint8Array {
	return frame(messageType.granted, (encoder) => {
		encoding.writeVarUint(encoder, granted.version);
		encoding.writeVarString(encoder, granted.generation);
		encoding.writeVarUint(encoder, granted.mayWrite ? 1 : 0);
		encoding.writeVarUint(encoder, granted.clientId);
		encoding.writeVarString(encoder, granted.proof);
	});
}

/** Reads what follows the message type; like all readers here it throws on a frame that ends early. */
export function readGranted(decoder: decoding.Decoder): Granted {
	return {
		version: decoding.readVarUint(decoder),
		generation: decoding.readVarString(decoder),
		mayWrite: decoding.readVarUint(decoder) === 1,
		clientId: decoding.readVarUint(decoder),
		proof: decoding.readVarString(decoder),
	};
}

export function encodeSaved(frames: number): Uint8Array {
	return frame(messageType.saved, (encoder) => encoding.writeVarUint(encoder, frames));
}

export function readSaved(decoder: decoding.Decoder): number {
	return decoding.readVarUint(decoder);
}

export function encodeRefused(code: ErrorCode): Uint8Array {
	return frame(messageType.refused, (encoder) => encoding.writeVarString(encoder, code));
}

export function readRefused(decoder: decoding.Decoder): string {
	return decoding.readVarString(decoder);
}

export function encodeKeepalive(digest: number): Uint8Array {
	return frame(messageType.keepalive, (encoder) => encoding.writeVarUint(encoder, digest));
}

export function readKeepalive(decoder: decoding.Decoder): number {
	return decoding.readVarUint(decoder);
}

/** A sync message; `body` is a state vector (step 1) or an update (step 2, update). */
export function encodeSync(step: (typeof syncStep)[keyof typeof syncStep], body: Uint8Array): Uint8Array {
	return frame(messageType.sync, (encoder) => {
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, body);
	});
}

export function encodeAwareness(body: Uint8Array): Uint8Array {
	return frame(messageType.awareness, (encoder) => encoding.writeVarUint8Array(encoder, body));
}

/** Whether a frame that a client sends counts for `saved(n)`. */
export function isUpdateFrame(bytes: Uint8Array): boolean {
	return bytes[0] === messageType.sync && (bytes[1] === syncStep.step2 || bytes[1] === syncStep.update);
}

function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, type);
	write(encoder);
	return encoding.toUint8Array(encoder);
}

/**
 * A number (1 … 2^53 - 1) that two replicas compare to notice that they show different texts. No protection against anybody:
 * two 32-bit FNV-1a hashes with different seeds, over the names and texts of all roots that aren't empty, sorted by name.
 */
export function textDigest(document: Y.Doc): number {
	const texts = [...document.share.keys()]
		.sort()
		.map((name) => [name, document.getText(name).toJSON()] as const)
		.filter(([, text]) => text !== '');
	const whole = JSON.stringify(texts);
	let high = 0x811c9dc5;
	let low = 0x9dc5811c;
	for (let index = 0; index < whole.length; index += 1) {
		const unit = whole.charCodeAt(index);
		high = Math.imul(high ^ unit, 0x01000193);
		low = Math.imul(low ^ unit, 0x01000193) ^ (low >>> 15);
	}
	return (high >>> 11) * 2 ** 32 + (low >>> 0) || 1;
}
