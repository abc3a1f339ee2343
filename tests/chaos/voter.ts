import { setTimeout as pause } from 'node:timers/promises';

import type { DotBallot } from '#lib/domain/dot-vote.ts';
import type { OptionId, RoundId } from '#lib/domain/ids.ts';

import type { Person } from './person.ts';
import type { Random } from './random.ts';

export const voteRule = { dots: 6, maxPerOption: 3 } as const;

export type OpenRound = { readonly roundId: RoundId; readonly optionIds: readonly OptionId[] };

const paceMs = 90;

/** Somebody who keeps changing their ballot, and knows which one counts: the last acknowledged, or the one under way. */
export class Voter {
	readonly person: Person;
	readonly participantId: string;
	readonly refusals: string[] = [];
	readonly #random: Random;
	#sure: DotBallot | null = null;
	#possible: DotBallot | null = null;

	constructor(person: Person, participantId: string, random: Random) {
		this.person = person;
		this.participantId = participantId;
		this.#random = random;
	}

	/** The ballots that may lie in Postgres now; `null`: none. */
	get possible(): readonly (DotBallot | null)[] {
		return this.#possible === null ? [this.#sure] : [this.#sure, this.#possible];
	}

	async vote({ roundId, optionIds }: OpenRound, until: AbortSignal): Promise<void> {
		while (!until.aborted) {
			const ballot = Object.fromEntries(
				optionIds.map((id) => [id, this.#random.below(3)] as const).filter(([, dots]) => dots > 0),
			);
			this.#possible = ballot;
			const ack = await this.person.ask('vote.cast', { roundId, ballot });
			if (ack.ok) this.#sure = ballot;
			else this.refusals.push(ack.error.code);
			this.#possible = null;
			await pause(paceMs);
		}
	}
}
