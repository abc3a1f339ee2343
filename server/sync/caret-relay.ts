import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as z from 'zod';

import { encodeAwareness } from '#lib/protocol/sync-wire.ts';

import type { CaretIdentity } from './access.ts';
import type { Audience, Listener } from './audience.ts';

export type CaretListener = Listener & { readonly clientId: number; readonly identity: CaretIdentity | null };

const position = z.object({
	tname: z.string(),
	item: z.object({ client: z.int().nonnegative(), clock: z.int().nonnegative() }).nullish(),
	assoc: z.int().optional(),
});
const caretState = z.object({ cursor: z.object({ anchor: position, head: position }).nullish() });

type Caret = {
	readonly owner: CaretListener;
	readonly clock: number;
	/** As JSON, ready to be sent. */
	readonly state: string;
};

export const caretLimits = { people: 16, everyMs: 100, entriesPerMessage: 64, stateLength: 2_000 } as const;

/**
 * Carets in a text document: who is where, at most ten times a second and for at most sixteen people. The server puts name
 * and colour on them and takes nothing from a client but its own position in one of the document's texts. Nothing is kept.
 */
export class CaretRelay {
	readonly #audience: Audience;
	readonly #headings: ReadonlySet<string>;
	readonly #carets = new Map<number, Caret>();
	readonly #changed = new Set<number>();
	/** Clocks of carets that have gone; a later state must be newer. */
	readonly #lastClocks = new Map<number, number>();
	#timer: NodeJS.Timeout | null = null;

	constructor(audience: Audience, headings: ReadonlySet<string>) {
		this.#audience = audience;
		this.#headings = headings;
	}

	/**
	 * @param body an awareness update; entries of others (clients echo them) and malformed states are passed over
	 * @throws Error if the bytes end early
	 */
	receive(owner: CaretListener, body: Uint8Array): void {
		if (owner.identity === null) return;
		const decoder = decoding.createDecoder(body);
		const entries = Math.min(decoding.readVarUint(decoder), caretLimits.entriesPerMessage);
		for (let index = 0; index < entries; index += 1) {
			const clientId = decoding.readVarUint(decoder);
			const clock = decoding.readVarUint(decoder);
			const json = decoding.readVarString(decoder);
			if (clientId === owner.clientId && json.length <= caretLimits.stateLength)
				this.#place(owner, owner.identity, clock, json);
		}
	}

	/** Sends a newcomer the carets that are there. */
	greet(listener: Listener): void {
		if (this.#carets.size > 0) listener.send(this.#encode([...this.#carets.keys()]));
	}

	leave(owner: CaretListener | Listener): void {
		for (const [clientId, caret] of this.#carets) if (caret.owner === owner) this.#remove(clientId, caret.clock + 1);
	}

	end(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#carets.clear();
	}

	#place(owner: CaretListener, identity: CaretIdentity, clock: number, json: string): void {
		const { clientId } = owner;
		if (clock < (this.#lastClocks.get(clientId) ?? 0)) return;
		if (json === 'null') {
			if (this.#carets.has(clientId)) this.#remove(clientId, clock + 1);
			return;
		}
		if (!this.#carets.has(clientId) && this.#carets.size >= caretLimits.people) return;
		const cursor = this.#readCursor(json);
		if (cursor === undefined) return;
		this.#carets.set(clientId, { owner, clock, state: JSON.stringify({ cursor, user: identity }) });
		this.#announce(clientId, clock);
	}

	#readCursor(json: string): z.infer<typeof caretState>['cursor'] {
		const parsed = caretState.safeParse(parseJson(json));
		if (!parsed.success) return undefined;
		const cursor = parsed.data.cursor ?? null;
		const isHere = cursor === null || [cursor.anchor, cursor.head].every(({ tname }) => this.#headings.has(tname));
		return isHere ? cursor : undefined;
	}

	#remove(clientId: number, clock: number): void {
		this.#carets.delete(clientId);
		this.#announce(clientId, clock);
	}

	#announce(clientId: number, clock: number): void {
		this.#lastClocks.set(clientId, clock);
		this.#changed.add(clientId);
		this.#timer ??= setTimeout(() => {
			this.#timer = null;
			const changed = [...this.#changed];
			this.#changed.clear();
			this.#audience.send(this.#encode(changed));
		}, caretLimits.everyMs);
	}

	#encode(clientIds: readonly number[]): Uint8Array {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, clientIds.length);
		for (const clientId of clientIds) {
			encoding.writeVarUint(encoder, clientId);
			encoding.writeVarUint(encoder, this.#lastClocks.get(clientId) ?? 0);
			encoding.writeVarString(encoder, this.#carets.get(clientId)?.state ?? 'null');
		}
		return encodeAwareness(encoding.toUint8Array(encoder));
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Told apart from every state by the schema.
		return undefined;
	}
}
