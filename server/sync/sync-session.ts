import type { Decoder } from 'lib0/decoding';
import * as Y from 'yjs';

import type { SyncAccess } from './access.ts';

/** What one connection does with its document. */
export type SyncSession = {
	readonly kind: 'board' | 'text';
	/** Sends the first message. */
	start(): void;
	/** Takes one frame. @throws Error if its bytes end early or aren't the protocol */
	receive(decoder: Decoder): void;
	/** Takes over what `authorize` answered anew; it is of the same kind. */
	renew(access: SyncAccess): void;
	/** The digest for the keepalive; 0 if none can be given. */
	digest(): number;
	leave(): void;
};

/** A state vector of its own memory, known to be one. @throws Error if it isn't */
export function readStateVector(bytes: Uint8Array): Uint8Array {
	Y.decodeStateVector(bytes);
	return bytes.slice();
}
