import * as decoding from 'lib0/decoding';

import { isErrorCode, type ErrorCode } from '#lib/protocol/errors.ts';
import { messageType, readGranted, type Granted } from '#lib/protocol/sync-wire.ts';

import { openPatienceMs } from './document-connection.ts';

/** The server doesn't let us read the document, and would not a moment later either. */
class RefusedGrant extends Error {
	readonly code: ErrorCode;

	constructor(code: ErrorCode) {
		super(code);
		this.name = 'RefusedGrant';
		this.code = code;
	}
}

export function isRefusedGrant(error: unknown): error is RefusedGrant {
	return error instanceof RefusedGrant;
}

/**
 * Asks for the clientID of a new document instance.
 * @throws RefusedGrant (see {@link isRefusedGrant}); any other error means: try again later
 */
export async function fetchGrant(address: string, documentId: string): Promise<Granted> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(`${address}/${documentId}?grant`);
		socket.binaryType = 'arraybuffer';
		const giveUp = setTimeout(() => socket.close(), openPatienceMs);
		socket.addEventListener('message', (event: MessageEvent<unknown>) => {
			if (!(event.data instanceof ArrayBuffer)) return;
			const decoder = decoding.createDecoder(new Uint8Array(event.data));
			if (decoding.readVarUint(decoder) === messageType.granted) resolve(readGranted(decoder));
			socket.close();
		});
		socket.addEventListener('close', ({ code, reason }) => {
			clearTimeout(giveUp);
			const isFinal = code >= 4400 && code < 4500 && isErrorCode(reason) && reason !== 'request.tooMany';
			reject(isFinal ? new RefusedGrant(reason) : new Error(`no grant (${code})`));
		});
	});
}
