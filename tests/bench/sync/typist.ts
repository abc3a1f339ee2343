import * as encoding from 'lib0/encoding';

import type { Random } from '#server/rehearsal/crowd/seeded-random.ts';
import { structFlag, contentType, parentIsRoot, type StructId } from '#server/sync/update-reader.ts';

import { keystroke, type ChangeKey } from './journal.ts';

export type Keystroke = { readonly update: Uint8Array; readonly key: ChangeKey };

const letters = 'eeeennniiirrssttaaddhhuullccggmmoobwfkzvpüäöß     ,.';
const backspaceShare = 0.08;

/**
 * A person who types at one place of a text, without the text: each keystroke is encoded as Yjs would, from where the caret
 * stands. A character follows the one that this writer put in last, even if that is deleted by now, since Yjs steps over deleted
 * units when it inserts.
 */
export class Typist {
	readonly client: number;
	readonly #root: string;
	readonly #random: Random;
	readonly #ownVisible: number[] = [];
	readonly #before: StructId | null;
	readonly #after: StructId | null;
	#clock = 0;

	/** @param before, after what the caret stands between; `null` at the text's ends */
	constructor(
		client: number,
		place: { root: string; before: StructId | null; after: StructId | null },
		random: Random,
	) {
		this.client = client;
		this.#root = place.root;
		this.#before = place.before;
		this.#after = place.after;
		this.#random = random;
	}

	press(): Keystroke {
		return this.#ownVisible.length > 0 && this.#random() < backspaceShare ? this.#backspace() : this.#insertLetter();
	}

	/** Puts in several characters at once, as a paste does. */
	paste(text: string): Uint8Array {
		const update = this.#insert(text);
		for (let unit = 0; unit < text.length; unit += 1) this.#ownVisible.push(this.#clock + unit);
		this.#clock += text.length;
		return update;
	}

	#insertLetter(): Keystroke {
		const key = keystroke(this.client, this.#clock, false);
		return { update: this.paste(letters[Math.floor(this.#random() * letters.length)] ?? 'e'), key };
	}

	#insert(text: string): Uint8Array {
		const origin = this.#clock === 0 ? this.#before : { client: this.client, clock: this.#clock - 1 };
		const after = this.#after;
		return encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarUint(encoder, this.client);
			encoding.writeVarUint(encoder, this.#clock);
			const flags = (origin === null ? 0 : structFlag.origin) | (after === null ? 0 : structFlag.rightOrigin);
			encoding.writeUint8(encoder, contentType.string | flags);
			for (const id of [origin, after]) {
				if (id === null) continue;
				encoding.writeVarUint(encoder, id.client);
				encoding.writeVarUint(encoder, id.clock);
			}
			if (origin === null && after === null) {
				encoding.writeVarUint(encoder, parentIsRoot);
				encoding.writeVarString(encoder, this.#root);
			}
			encoding.writeVarString(encoder, text);
			encoding.writeVarUint(encoder, 0);
		});
	}

	#backspace(): Keystroke {
		const clock = this.#ownVisible.pop() ?? 0;
		const update = encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, 0);
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarUint(encoder, this.client);
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarUint(encoder, clock);
			encoding.writeVarUint(encoder, 1);
		});
		return { update, key: keystroke(this.client, clock, true) };
	}
}
