import { randomInt } from 'node:crypto';

import { dotBallot, tallyDots, type DotTally } from '#lib/domain/dot-vote.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Transaction } from '#server/db/client.ts';
import type { Round } from '#server/live/workshop-state.ts';

import { insertIntoBallotBox, lockRound, rewriteRoll, takeBallots } from './votes-queries.ts';

/**
 * Counts a round and cuts the thread between voters and ballots; part of the transaction that closes it.
 *
 * The ballots are written anew, shuffled, with random ids and without their keys. Each half of the vote is rewritten in a
 * subtransaction of its own: Postgres then stamps ballot box, roll and command log with different transaction ids, each the
 * same for all rows of its kind, and the order of the rows on disk is the shuffle's for one and the ids' for the other.
 * Dead rows of the time before are cleared by the VACUUM after the commit.
 * @throws AppError `vote.closed` if another process was faster
 */
export async function closeRound(tx: Transaction, round: Round): Promise<DotTally> {
	if ((await lockRound(tx, round.id)) !== 'open') throw new AppError('vote.closed');
	const ballots = (await takeBallots(tx, round.id)).map((choices) => dotBallot.parse(choices));
	const shuffled = shuffle(ballots);
	await tx.savepoint((sql) => insertIntoBallotBox(sql, round.id, shuffled));
	await tx.savepoint((sql) => rewriteRoll(sql, round.id));
	return tallyDots(
		shuffled,
		round.options.map((option) => option.id),
	);
}

/** A copy in an order that nobody can predict (Fisher and Yates, with the system's random numbers). */
export function shuffle<Item>(items: readonly Item[]): Item[] {
	const remaining = [...items];
	const shuffled: Item[] = [];
	while (remaining.length > 0) shuffled.push(...remaining.splice(randomInt(remaining.length), 1));
	return shuffled;
}
