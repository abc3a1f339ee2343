import type { WorkshopId } from '#lib/domain/ids.ts';
import type { CommandAck } from '#lib/protocol/commands.ts';
import type { Sql } from '#server/db/client.ts';

import { latestAcks } from './state-queries.ts';

export type CommandKey = { readonly actorId: string; readonly id: string };
export type Answer = { readonly name: string; readonly ack: CommandAck };

/** So many answers of a workshop are kept in memory. */
const rememberedAnswers = 20_000;

/**
 * The answers given so far in a workshop, so that a resend gets the first one. They begin with what stands in the command
 * log; as long as none had to be forgotten, a command that isn't here was never answered, and nobody has to ask the log.
 */
export class AnsweredCommands {
	readonly #answers = new Map<string, Answer>();
	#complete: boolean;

	private constructor(complete: boolean) {
		this.#complete = complete;
	}

	/** What the command log says of a workshop of which this process holds nothing yet. */
	static async read(sql: Sql, workshopId: WorkshopId): Promise<AnsweredCommands> {
		const rows = await latestAcks(sql, workshopId, rememberedAnswers);
		const answered = new AnsweredCommands(rows.length < rememberedAnswers);
		for (const row of rows) answered.remember(row, row);
		return answered;
	}

	/** Whether every answer ever given is in memory. */
	get isComplete(): boolean {
		return this.#complete;
	}

	find(key: CommandKey): Answer | undefined {
		return this.#answers.get(keyText(key));
	}

	remember(key: CommandKey, { name, ack }: Answer): void {
		this.#answers.set(keyText(key), { name, ack });
		if (this.#answers.size <= rememberedAnswers) return;
		const [oldest] = this.#answers.keys();
		if (oldest !== undefined) this.#answers.delete(oldest);
		this.#complete = false;
	}
}

export function keyText({ actorId, id }: CommandKey): string {
	return `${actorId} ${id}`;
}
