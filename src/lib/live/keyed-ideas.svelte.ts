import * as z from 'zod';

import { boardId, commandId, ideaId, stepId, type IdeaId } from '#lib/domain/ids.ts';
import { ideaKey, ideaState } from '#lib/domain/idea.ts';

import type { DeviceStorage } from './device-storage.ts';

const folder = 'boost-board/keyed/';

const keyedIdea = z.object({
	/** Opens the idea at the server, which keeps only its hash. */
	key: ideaKey,
	ideaId,
	/** The command it was submitted with: its row in the list stays the same one. */
	commandId,
	text: z.string(),
	boardId: boardId.nullable(),
	/** In which step the server took it, and as what; later ones may have changed that unseen. */
	stepId: stepId.nullable(),
	state: ideaState,
	madeAt: z.number(),
});
export type KeyedIdea = z.infer<typeof keyedIdea>;

/** 128 random bits; made with what is there on plain http too. */
export function newIdeaKey(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Ideas that were written where names are not recorded. The server knows no author, so this device alone remembers which ones are
 * its person's, and the keys to change them or take them back. Whoever leaves the device leaves them behind for good.
 */
export class KeyedIdeas {
	readonly #storage: DeviceStorage;
	#folder: string | null = null;
	#list: readonly KeyedIdea[] = $state.raw([]);

	constructor(storage: DeviceStorage) {
		this.#storage = storage;
	}

	get list(): readonly KeyedIdea[] {
		return this.#list;
	}

	find(id: IdeaId): KeyedIdea | undefined {
		return this.#list.find((idea) => idea.ideaId === id);
	}

	/** Takes up what this owner, a person or a table's device, has on this device. */
	belongTo(owner: string): void {
		const ownFolder = `${folder}${owner}/`;
		if (ownFolder === this.#folder) return;
		this.#folder = ownFolder;
		this.#list = this.#storage.keys(ownFolder).flatMap((key) => this.#read(key));
	}

	/** Remembers an idea, or what has become of it. */
	put(idea: KeyedIdea): void {
		this.#list = [...this.#list.filter(({ key }) => key !== idea.key), idea];
		if (this.#folder !== null) this.#storage.write(this.#folder + idea.key, JSON.stringify(idea));
	}

	#read(key: string): KeyedIdea[] {
		const parsed = keyedIdea.safeParse(parsedJson(this.#storage.read(key)));
		if (parsed.success) return [parsed.data];
		// Nobody could open the idea with what is left of it.
		this.#storage.remove(key);
		return [];
	}
}

function parsedJson(json: string | null): unknown {
	try {
		return JSON.parse(json ?? 'null');
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}
