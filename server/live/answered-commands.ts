import type { CommandAck } from '#lib/protocol/commands.ts';
import type { Sql } from '#server/db/client.ts';

import { findAcks } from './state-queries.ts';

export type CommandKey = { readonly actorId: string; readonly id: string };
type Answer = { readonly name: string; readonly ack: CommandAck };

const remembered = 20_000;

/** The answers given so far, so that a resend gets the first one: the latest in memory, all of them in the command log. */
export class AnsweredCommands {
	readonly #answers = new Map<string, Answer>();

	/** The answers to those of the commands that were answered before, by `actorId id`. */
	async find(sql: Sql, keys: readonly CommandKey[]): Promise<ReadonlyMap<string, Answer>> {
		const found = new Map<string, Answer>();
		const unknown: CommandKey[] = [];
		for (const key of keys) {
			const answer = this.#answers.get(keyText(key));
			if (answer === undefined) unknown.push(key);
			else found.set(keyText(key), answer);
		}
		if (unknown.length > 0) for (const [key, answer] of await findAcks(sql, unknown)) found.set(key, answer);
		return found;
	}

	remember(key: CommandKey, answer: Answer): void {
		this.#answers.set(keyText(key), answer);
		if (this.#answers.size <= remembered) return;
		const [oldest] = this.#answers.keys();
		if (oldest !== undefined) this.#answers.delete(oldest);
	}
}

export function keyText({ actorId, id }: CommandKey): string {
	return `${actorId} ${id}`;
}
