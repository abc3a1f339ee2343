import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

import { messageType, syncStep } from '#lib/protocol/sync-wire.ts';

/**
 * What a client knows of a document after each frame on one of its sockets.
 *
 * Two ways lead to a text that came in single letters: the replica that the frames make, and all pieces of text that the frames
 * ever held, by writer and clock. The second one also has what was deleted before the replica could show it.
 */
export class DocumentMemory {
	readonly #replica = new Y.Doc();
	readonly #pieces = new Map<number, Map<number, string>>();

	/** Takes a frame from the server. Returns what is known of the document now; nothing if the frame held no update. */
	take(frame: Uint8Array): string[] {
		const update = updateIn(frame);
		if (update === null) return [];
		for (const struct of Y.decodeUpdate(update).structs) {
			if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) {
				this.#keep(struct.id.client, struct.id.clock, struct.content.str);
			}
		}
		Y.applyUpdate(this.#replica, update);
		return [...this.#texts(), ...this.#typed()];
	}

	#keep(client: number, clock: number, text: string): void {
		const pieces = this.#pieces.get(client) ?? new Map<number, string>();
		this.#pieces.set(client, pieces.set(clock, text));
	}

	#texts(): string[] {
		const { share } = this.#replica;
		const isBoard = share.has('ideas') || share.has('groups');
		return [...share.keys()].map((name) =>
			isBoard ? JSON.stringify(this.#replica.getMap(name).toJSON()) : this.#replica.getText(name).toJSON(),
		);
	}

	#typed(): string[] {
		return [...this.#pieces.values()].map((pieces) =>
			[...pieces]
				.sort(([left], [right]) => left - right)
				.map(([, text]) => text)
				.join(''),
		);
	}
}

function updateIn(frame: Uint8Array): Uint8Array | null {
	const decoder = decoding.createDecoder(frame);
	if (frame.length === 0 || decoding.readVarUint(decoder) !== messageType.sync) return null;
	return decoding.readVarUint(decoder) === syncStep.step1 ? null : decoding.readVarUint8Array(decoder);
}
