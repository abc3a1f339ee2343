import type { DotTally } from './dot-vote.ts';
import type { TableId } from './ids.ts';

/**
 * A table's result is shown from this many ballots on. Below it the numbers say how single people voted: with four
 * ballots and one option on top, everybody at the table can work out the rest.
 */
export const minimumTableBallots = 5;

/**
 * Whether a result must stay unshown because too few people voted. This holds for every audience, facilitators included,
 * and for what is exported; a vote of the whole room isn't affected. The decision the table reached can still be noted.
 */
export function isWithheld(tableId: TableId | null, ballots: number): boolean {
	return tableId !== null && ballots < minimumTableBallots;
}

/** The tally of a round as anybody may be shown it at all: nothing before the close, nothing of a small group. */
export function showableTally(round: {
	readonly tableId: TableId | null;
	readonly tally: DotTally | null;
}): DotTally | null {
	if (round.tally === null || isWithheld(round.tableId, round.tally.ballots)) return null;
	return round.tally;
}
