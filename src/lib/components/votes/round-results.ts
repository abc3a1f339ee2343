import type { OptionId } from '#lib/domain/ids.ts';
import type { RoundView } from '#lib/protocol/live.ts';

export type RankedOption = {
	readonly id: OptionId;
	readonly label: string;
	readonly dots: number;
	/** People who gave it at least one dot. */
	readonly voters: number;
	/** 0 to 1, of the option with the most dots: the length of its bar. */
	readonly share: number;
	/** Counts from 1; options with equally many dots share one. */
	readonly rank: number;
	readonly decided: boolean;
};

/** The options of a closed round, most dots first and equals in the order they were asked in; empty without a tally. */
export function rankedOptions(round: RoundView): RankedOption[] {
	const { tally, options, decision } = round;
	if (tally === null) return [];
	const counted = (Object.entries(options) as [OptionId, RoundView['options'][OptionId]][])
		.map(([id, { label, position }]) => ({
			id,
			label,
			position,
			dots: tally.dots[id] ?? 0,
			voters: tally.voters[id] ?? 0,
		}))
		.sort((a, b) => b.dots - a.dots || a.position - b.position);
	const most = Math.max(1, counted[0]?.dots ?? 0);
	return counted.map(({ id, label, dots, voters }) => ({
		id,
		label,
		dots,
		voters,
		share: dots / most,
		rank: 1 + counted.filter((other) => other.dots > dots).length,
		decided: decision?.optionIds.includes(id) ?? false,
	}));
}

/** Rounds in the order they were opened. */
export function roundsInOrder<Round extends { readonly position: number }>(
	rounds: Readonly<Record<string, Round>>,
): (Round & { readonly id: string })[] {
	return Object.entries(rounds)
		.map(([id, round]) => ({ ...round, id }))
		.sort((a, b) => a.position - b.position);
}
