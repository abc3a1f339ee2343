import { createHmac, timingSafeEqual } from 'node:crypto';

export type Grant = { readonly clientId: number; readonly proof: string };

/** ClientIDs of one opening: the first is the server's own, the others are granted. */
const clientIdsPerOpening = 4096;
const proofLength = 24;

/**
 * Hands out the clientIDs of one document, each once and for ever: an opening has a range of its own. The proof that goes
 * with one is made from the document's key, so that it outlives a restart and with it what was typed meanwhile.
 */
export class TextGrants {
	readonly serverClientId: number;
	readonly #key: Uint8Array;
	#granted = 0;

	constructor(opening: number, key: Uint8Array) {
		this.serverClientId = opening * clientIdsPerOpening;
		this.#key = key;
	}

	/** `null` when this opening has no more. */
	next(): Grant | null {
		this.#granted += 1;
		if (this.#granted >= clientIdsPerOpening) return null;
		const clientId = this.serverClientId + this.#granted;
		return this.grantOf(clientId);
	}

	/** The grant of a clientID that was given out before. */
	grantOf(clientId: number): Grant {
		return { clientId, proof: this.#proofOf(clientId) };
	}

	isGranted({ clientId, proof }: Grant): boolean {
		const expected = Buffer.from(this.#proofOf(clientId));
		const given = Buffer.from(proof);
		return expected.length === given.length && timingSafeEqual(expected, given);
	}

	#proofOf(clientId: number): string {
		return createHmac('sha256', this.#key).update(String(clientId)).digest('base64url').slice(0, proofLength);
	}
}
