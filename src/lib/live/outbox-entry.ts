import * as z from 'zod';

import { commandId, type CommandId } from '#lib/domain/ids.ts';
import { commandNames, commandPayloads, type CommandInput, type CommandName } from '#lib/protocol/commands.ts';
import { wireError, type WireError } from '#lib/protocol/errors.ts';

import type { DeviceStorage } from './device-storage.ts';

/** A command that was asked for and isn't answered yet. */
export type OutboxEntry<Name extends CommandName = CommandName> = {
	readonly [N in Name]: {
		readonly id: CommandId;
		readonly name: N;
		readonly payload: CommandInput<N>;
		/** Epoch milliseconds on this device, strictly growing: it is the order of sending as well. */
		readonly madeAt: number;
		/** Set when the server refused it; what was typed stays until somebody has dealt with it. */
		readonly error: WireError | null;
	};
}[Name];

const storedEntry = z.object({
	id: commandId,
	name: z.enum(commandNames),
	payload: z.unknown(),
	madeAt: z.number(),
	error: wireError.nullable(),
});

/** Puts an entry together; the name and its payload belong to each other by the caller's type. */
export function outboxEntry<Name extends CommandName>(
	id: CommandId,
	name: Name,
	payload: CommandInput<Name>,
	madeAt: number,
): OutboxEntry {
	return { id, name, payload, madeAt, error: null } as OutboxEntry;
}

const root = 'boost-board/outbox/';

/** Whose session commands belong to: a person or a table's device in one workshop. */
export type OutboxOwner = { readonly workshop: string; readonly kind: 'participant' | 'table'; readonly id: string };

/** One owner's entries on this device, one storage item each, so that two tabs never overwrite each other's. */
export class OutboxShelf {
	readonly #storage: DeviceStorage;
	readonly #folder: string;
	/** Where this one and others of its kind in the same workshop are. */
	readonly #neighbours: string;

	constructor(storage: DeviceStorage, { workshop, kind, id }: OutboxOwner) {
		this.#storage = storage;
		this.#neighbours = `${root}${workshop}/${kind}/`;
		this.#folder = `${this.#neighbours}${id}/`;
	}

	put(entry: OutboxEntry): void {
		this.#storage.write(this.#folder + entry.id, JSON.stringify(entry));
	}

	remove(id: CommandId): void {
		this.#storage.remove(this.#folder + id);
	}

	/** In the order they were made. What an older version wrote and nobody can read any more is cleared away. */
	entries(): OutboxEntry[] {
		return this.#read(this.#storage.keys(this.#folder));
	}

	/** What somebody else left here in this workshop, such as the same person before their session expired. */
	leftBehind(): OutboxEntry[] {
		return this.#read(this.#strangerKeys());
	}

	clearLeftBehind(): void {
		for (const key of this.#strangerKeys()) this.#storage.remove(key);
	}

	#strangerKeys(): string[] {
		return this.#storage.keys(this.#neighbours).filter((key) => !key.startsWith(this.#folder));
	}

	#read(keys: readonly string[]): OutboxEntry[] {
		const found: OutboxEntry[] = [];
		for (const key of keys) {
			const entry = readEntry(this.#storage.read(key));
			if (entry === null) this.#storage.remove(key);
			else found.push(entry);
		}
		return found.sort((one, other) => one.madeAt - other.madeAt);
	}

	clear(): void {
		for (const key of this.#storage.keys(this.#folder)) this.#storage.remove(key);
	}
}

function readEntry(json: string | null): OutboxEntry | null {
	if (json === null) return null;
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
	const stored = storedEntry.safeParse(value);
	if (!stored.success || !commandPayloads[stored.data.name].safeParse(stored.data.payload).success) return null;
	return stored.data as OutboxEntry;
}
