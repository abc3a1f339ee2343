import { checkBallot } from '#lib/domain/dot-vote.ts';
import type { OptionId, RoundId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { requireAllowed, requireFacilitator, requireTable } from '#server/live/require.ts';
import type { Round } from '#server/live/workshop-state.ts';

import { closeRound } from './close-round.ts';
import type { RoundKeys } from './round-keys.ts';
import { newcomers, votersOf } from './turnout.ts';
import { freezeOptions } from './vote-options.ts';

export type VoteCommandDependencies = {
	readonly roundKeys: RoundKeys;
	/** What is to happen once a close is committed: the key goes, dead rows are cleared. */
	readonly forget: (roundId: RoundId) => Promise<void>;
	/** Changes that go with a close, such as a snapshot. */
	readonly onClose: (context: CommandContext) => readonly Change[];
};

export type VoteCommandName = 'vote.open' | 'vote.cast' | 'vote.close' | 'vote.publish' | 'vote.decide';

/**
 * The life of a round: opened, voted in, closed, its result shown, the decision noted.
 * A vote is either committed before the close, and then counted, or refused with `vote.closed`.
 */
export function createVoteCommands({
	roundKeys,
	forget,
	onClose,
}: VoteCommandDependencies): CommandHandlers<VoteCommandName> {
	return {
		'vote.open'({ title, rule, tableId, options }, context) {
			const { state, now, newId } = context;
			requireFacilitator(context);
			if (tableId !== null) requireTable(state, tableId);
			const round: Round = {
				id: newId() as RoundId,
				tableId,
				position: nextPosition(state.rounds.values()),
				title,
				rule,
				options: freezeOptions(state, options, tableId, newId),
				state: 'open',
				openedAt: now,
				closedAt: null,
				tally: null,
				published: false,
				decision: null,
			};
			return {
				changes: [
					{
						type: 'run',
						// The key is on disk before the row can be seen: a crash in between leaves a key that fits no round.
						run: async (_tx, latest) => {
							await roundKeys.create(round.id);
							return [
								{ type: 'put', entity: 'round', row: round },
								...votersOf(latest, round).map((id) => onRoll(round.id, id, false)),
							];
						},
					},
				],
				result: { roundId: round.id },
			};
		},

		'vote.cast'({ roundId, ballot }, context) {
			const round = openRound(context, roundId);
			requireAllowed(context, { name: 'vote.cast', tableId: round.tableId });
			if (context.actor.kind !== 'participant') throw new AppError('access.denied');
			const voter = context.actor.id;
			const voterKey = roundKeys.voterKey(roundId, voter);
			const problem = checkBallot(ballot, round.rule, optionIdsOf(round));
			if (problem !== undefined) {
				throw new AppError(problem, { dots: round.rule.dots, max: round.rule.maxPerOption });
			}
			return { changes: [{ type: 'ballot', roundId, voterKey, ballot }, onRoll(roundId, voter, true)] };
		},

		'vote.close'({ roundId }, context) {
			requireFacilitator(context);
			const round = openRound(context, roundId);
			return {
				changes: [
					{
						type: 'run',
						run: async (tx, latest) => {
							const tally = await closeRound(tx, round);
							return [
								{ type: 'put', entity: 'round', row: { ...round, state: 'closed', closedAt: context.now, tally } },
								...newcomers(latest, round).map((id) => onRoll(roundId, id, false)),
							];
						},
						committed: () => forget(roundId),
					},
					...onClose(context),
				],
			};
		},

		'vote.publish'({ roundId, published }, context) {
			requireFacilitator(context);
			const round = closedRound(context, roundId);
			return { changes: [{ type: 'put', entity: 'round', row: { ...round, published } }] };
		},

		'vote.decide'({ roundId, optionIds, reason }, context) {
			requireFacilitator(context);
			const round = closedRound(context, roundId);
			const known = optionIdsOf(round);
			if (!optionIds.every((id) => known.has(id))) throw new AppError('vote.unknownOption');
			const decision = { optionIds: [...new Set(optionIds)], reason: reason.trim() };
			return { changes: [{ type: 'put', entity: 'round', row: { ...round, decision } }] };
		},
	};
}

function findRound({ state }: CommandContext, roundId: RoundId): Round {
	const round = state.rounds.get(roundId);
	if (round === undefined) throw new AppError('vote.unknown');
	return round;
}

function openRound(context: CommandContext, roundId: RoundId): Round {
	const round = findRound(context, roundId);
	if (round.state !== 'open') throw new AppError('vote.closed');
	return round;
}

function closedRound(context: CommandContext, roundId: RoundId): Round {
	const round = findRound(context, roundId);
	if (round.state === 'open') throw new AppError('vote.stillOpen');
	return round;
}

function optionIdsOf(round: Round): ReadonlySet<OptionId> {
	return new Set(round.options.map((option) => option.id));
}

function nextPosition(rounds: Iterable<Round>): number {
	let next = 1;
	for (const round of rounds) next = Math.max(next, round.position + 1);
	return next;
}

function onRoll(
	roundId: RoundId,
	participantId: Extract<Change, { type: 'roll' }>['participantId'],
	voted: boolean,
): Change {
	return { type: 'roll', roundId, participantId, voted };
}
