import { describe, expect, it } from 'vitest';

import type { OptionId } from '#lib/domain/ids.ts';
import type { RoundView } from '#lib/protocol/live.ts';

import { rankedOptions } from './round-results.ts';

const [garden, repair, bus] = ['a', 'b', 'c'].map(
	(letter) => `00000000-0000-4000-8000-00000000000${letter}` as OptionId,
) as [OptionId, OptionId, OptionId];

function round(tally: RoundView['tally']): RoundView {
	return {
		kind: 'vote',
		position: 0,
		title: 'Which one?',
		rule: { dots: 3, maxPerOption: 2 },
		tableId: null,
		options: {
			[garden]: { position: 0, label: 'Garden', ideaId: null, groupId: null },
			[repair]: { position: 1, label: 'Repair café', ideaId: null, groupId: null },
			[bus]: { position: 2, label: 'Bus', ideaId: null, groupId: null },
		},
		state: 'closed',
		turnout: { voted: 5, eligible: 8 },
		tally,
		published: true,
		decision: { optionIds: [bus], reason: '' },
	};
}

describe('the ranking of a round', () => {
	it('puts the most dots first and lets equals share a rank', () => {
		const dots = { [garden]: 2, [repair]: 4, [bus]: 2 };
		const ranked = rankedOptions(
			round({ dots, voters: { [garden]: 2, [repair]: 3, [bus]: 1 }, ballots: 5, abstentions: 1 }),
		);
		expect(ranked.map(({ label, rank, share }) => [label, rank, share])).toEqual([
			['Repair café', 1, 1],
			['Garden', 2, 0.5],
			['Bus', 2, 0.5],
		]);
		expect(ranked.filter((option) => option.decided).map((option) => option.label)).toEqual(['Bus']);
	});

	it('has bars of no length when nobody gave a dot', () => {
		const ranked = rankedOptions(round({ dots: {}, voters: {}, ballots: 1, abstentions: 1 }));
		expect(ranked.map((option) => option.share)).toEqual([0, 0, 0]);
	});

	it('is empty while there is no tally', () => {
		expect(rankedOptions(round(null))).toEqual([]);
	});
});
