import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';

import type { RoundId } from '#lib/domain/ids.ts';
import type { Round } from '#server/live/workshop-state.ts';
import { addParticipant, addTable, workshopInMemory } from '#tests/helpers/workshop-in-memory.ts';

import { turnoutOf, votersOf } from './turnout.ts';

function roundOf(given: Partial<Round> = {}): Round {
	return {
		id: randomUUID() as RoundId,
		kind: 'vote',
		tableId: null,
		position: 1,
		title: 'Which idea first?',
		rule: { dots: 3, maxPerOption: 2 },
		options: [],
		state: 'open',
		openedAt: 0,
		closedAt: null,
		tally: null,
		published: false,
		decision: null,
		...given,
	};
}

test('the room votes without those who are blocked, a table with its own people', () => {
	const state = workshopInMemory();
	const table = addTable(state);
	const here = addParticipant(state, { tableId: table.id });
	const elsewhere = addParticipant(state);
	addParticipant(state, { tableId: table.id, blockedAt: 5 });
	expect(votersOf(state, { tableId: null })).toEqual([here.id, elsewhere.id]);
	expect(votersOf(state, { tableId: table.id })).toEqual([here.id]);
});

test('a newcomer counts as eligible while the round is open, and no longer after its close', () => {
	const state = workshopInMemory();
	const early = addParticipant(state);
	addParticipant(state);
	const round = roundOf();
	state.rolls.set(round.id, new Map([[early.id, true]]));
	expect(turnoutOf(state, round)).toEqual({ voted: 1, eligible: 2 });
	expect(turnoutOf(state, { ...round, state: 'closed' })).toEqual({ voted: 1, eligible: 1 });
});

test('who was asked stays in the denominator, blocked or moved', () => {
	const state = workshopInMemory();
	const table = addTable(state);
	const moved = addParticipant(state);
	const blocked = addParticipant(state, { tableId: table.id, blockedAt: 5 });
	const round = roundOf({ tableId: table.id });
	state.rolls.set(
		round.id,
		new Map([
			[moved.id, false],
			[blocked.id, true],
		]),
	);
	expect(turnoutOf(state, round)).toEqual({ voted: 1, eligible: 2 });
});
