import * as z from 'zod';

import { optionId, type OptionId } from './ids.ts';

/** The rule of one dot vote: dots a person has, and how many of them may lie on one option. */
export const dotRule = z
	.strictObject({ dots: z.int().min(1).max(50), maxPerOption: z.int().min(1).max(50) })
	.refine((rule) => rule.maxPerOption <= rule.dots, { error: 'vote.ruleInvalid' });
export type DotRule = z.infer<typeof dotRule>;

export const maxOptions = 60;

/** Dots by option; an empty ballot is an explicit abstention. */
export const dotBallot = z.record(optionId, z.int().min(1).max(50));
export type DotBallot = z.infer<typeof dotBallot>;

export type BallotProblem = 'vote.overBudget' | 'vote.tooManyOnOne' | 'vote.unknownOption';

/** Says what is wrong with a ballot under a rule and its frozen options, or nothing. */
export function checkBallot(
	ballot: DotBallot,
	rule: DotRule,
	options: ReadonlySet<OptionId>,
): BallotProblem | undefined {
	let spent = 0;
	for (const [option, dots] of entriesOf(ballot)) {
		if (!options.has(option)) return 'vote.unknownOption';
		if (dots > rule.maxPerOption) return 'vote.tooManyOnOne';
		spent += dots;
	}
	return spent > rule.dots ? 'vote.overBudget' : undefined;
}

/**
 * The outcome of a dot vote.
 * `dots` per option, `voters` per option (how many people gave it at least one), `ballots` in all, of which `abstentions` were empty.
 */
export type DotTally = {
	readonly dots: Readonly<Record<OptionId, number>>;
	readonly voters: Readonly<Record<OptionId, number>>;
	readonly ballots: number;
	readonly abstentions: number;
};

export function tallyDots(ballots: Iterable<DotBallot>, options: Iterable<OptionId>): DotTally {
	const dots: Record<OptionId, number> = {};
	const voters: Record<OptionId, number> = {};
	for (const option of options) {
		dots[option] = 0;
		voters[option] = 0;
	}
	let count = 0;
	let abstentions = 0;
	for (const ballot of ballots) {
		count += 1;
		const entries = entriesOf(ballot);
		if (entries.length === 0) abstentions += 1;
		for (const [option, given] of entries) {
			dots[option] = (dots[option] ?? 0) + given;
			voters[option] = (voters[option] ?? 0) + 1;
		}
	}
	return { dots, voters, ballots: count, abstentions };
}

/** A quarter of the options, rounded, between 1 and 12: the usual number of dots a person. */
export function suggestedDots(optionCount: number): number {
	return Math.min(12, Math.max(1, Math.round(optionCount / 4)));
}

function entriesOf(ballot: DotBallot): [OptionId, number][] {
	return Object.entries(ballot) as [OptionId, number][];
}
