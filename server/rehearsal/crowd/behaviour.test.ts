import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkBallot, dotRule } from '#lib/domain/dot-vote.ts';
import type { BoardId, OptionId, ParticipantId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import { defaultRules, type StepKind } from '#lib/domain/step.ts';

import { compareOwn, drawBallot, drawDeed, meanPauseMs, type Deed, type Standing } from './behaviour.ts';
import { seededRandom } from './seeded-random.ts';

const tableId = '11111111-1111-4111-8111-111111111111' as TableId;
const boardId = '22222222-2222-4222-8222-222222222222' as BoardId;

function standingIn(kind: StepKind | null, frozen = false): Standing {
	return {
		actor: {
			kind: 'participant',
			id: '33333333-3333-4333-8333-333333333333' as ParticipantId,
			workshopId: '44444444-4444-4444-8444-444444444444' as WorkshopId,
			tableId,
			blocked: false,
		},
		context: { rules: kind === null ? null : defaultRules(kind), frozen, pace: 'room' },
		board: { boardId, tableId },
	};
}

/** What somebody does on a thousand occasions. */
function deedsOf(standing: Standing): Map<Deed | undefined, number> {
	const random = seededRandom(7);
	const counts = new Map<Deed | undefined, number>();
	for (let occasion = 0; occasion < 1_000; occasion += 1) {
		const deed = drawDeed(random, standing);
		counts.set(deed, (counts.get(deed) ?? 0) + 1);
	}
	return counts;
}

describe('what somebody does', () => {
	it('is what the step allows, and no more', () => {
		const kindsOf = (standing: Standing) => new Set(deedsOf(standing).keys());
		expect(kindsOf(standingIn('collect'))).toEqual(new Set(['write', 'edit', 'withdraw', 'signal', undefined]));
		expect(kindsOf(standingIn('group'))).toEqual(
			new Set(['write', 'edit', 'withdraw', 'arrange', 'signal', undefined]),
		);
		expect(kindsOf(standingIn('sheet'))).toEqual(new Set(['compose', 'signal']));
		expect(kindsOf(standingIn('vote'))).toEqual(new Set(['signal', undefined]));
		expect(kindsOf(standingIn(null))).toEqual(new Set(['signal', undefined]));
		expect(kindsOf(standingIn('collect', true))).toEqual(new Set(['signal', undefined]));
	});

	it('comes to the wanted number of ideas a minute', () => {
		const ideasPerOccasion = (deedsOf(standingIn('collect')).get('write') ?? 0) / 1_000;
		for (const wanted of [0.5, 2, 10]) {
			const occasionsPerMinute = 60_000 / meanPauseMs(wanted);
			expect(ideasPerOccasion * occasionsPerMinute).toBeGreaterThan(wanted * 0.9);
			expect(ideasPerOccasion * occasionsPerMinute).toBeLessThan(wanted * 1.1);
		}
	});
});

it('votes within every rule', () => {
	const options = ['a', 'b', 'c', 'd'] as OptionId[];
	const rules = fc
		.record({ dots: fc.integer({ min: 1, max: 50 }), maxPerOption: fc.integer({ min: 1, max: 50 }) })
		.filter((rule) => dotRule.safeParse(rule).success);
	fc.assert(
		fc.property(rules, fc.integer(), fc.integer({ min: 2, max: 4 }), (rule, seed, number) => {
			const own = options.slice(0, number);
			expect(checkBallot(drawBallot(seededRandom(seed), rule, own), rule, new Set(own))).toBeUndefined();
		}),
	);
});

describe('a person who looks for what they wrote', () => {
	const acknowledged = new Set(['a', 'b']);

	it('misses what was called saved and is not there', () => {
		expect(compareOwn(acknowledged, new Set(['a']), 0)).toEqual({ lost: 1, duplicated: 0 });
	});

	it('finds what is there twice, but for what may have arrived without an answer', () => {
		const found = new Set(['a', 'b', 'c', 'd']);
		expect(compareOwn(acknowledged, found, 0)).toEqual({ lost: 0, duplicated: 2 });
		expect(compareOwn(acknowledged, found, 1)).toEqual({ lost: 0, duplicated: 1 });
		expect(compareOwn(acknowledged, found, 3)).toEqual({ lost: 0, duplicated: 0 });
	});
});
