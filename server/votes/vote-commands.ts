import { checkBallot } from '#lib/domain/dot-vote.ts';
import type { OptionId, RoundId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers, Decision } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireAllowed, requireLead, requireTable } from '#server/live/require.ts';
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

export type VoteCommandName = 'vote.open' | 'poll.open' | 'vote.cast' | 'vote.close' | 'vote.publish' | 'vote.decide';

/**
 * The life of a round: opened, voted in, closed, its result shown, the decision noted.
 * A vote is either committed before the close, and then counted, or refused with `vote.closed`.
 */
export function createVoteCommands({
	roundKeys,
	forget,
	onClose,
}: VoteCommandDependencies): CommandHandlers<VoteCommandName> {
	function open(
		asked: Pick<Round, 'kind' | 'title' | 'rule' | 'tableId' | 'options'>,
		context: CommandContext,
	): Decision {
		const { state, now, newId } = context;
		const round: Round = {
			...asked,
			id: newId() as RoundId,
			position: nextPosition(state.rounds.values()),
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
				logged(`${round.kind}.open`, { subjectId: round.id }),
			],
			result: { roundId: round.id },
		};
	}

	return {
		'vote.open'({ title, rule, tableId, options }, context) {
			requireLead(context);
			const { state, newId } = context;
			if (tableId !== null) requireTable(state, tableId);
			const frozen = freezeOptions(state, options, tableId, newId);
			return open({ kind: 'vote', title, rule, tableId, options: frozen }, context);
		},

		/** One dot on one answer, by whoever is in the room. */
		'poll.open'({ question, options }, context) {
			requireLead(context);
			const answers = [...new Set(options)];
			if (answers.length < 2) throw new AppError('vote.noOptions');
			const labelled = answers.map((label, position) => ({
				...{ id: context.newId() as OptionId, position, label },
				...{ ideaId: null, groupId: null },
			}));
			const rule = { dots: 1, maxPerOption: 1 };
			return open({ kind: 'poll', title: question, rule, tableId: null, options: labelled }, context);
		},

		'vote.cast'({ roundId, ballot }, context) {
			const round = openRound(context, roundId);
			requireAllowed(context, { name: 'vote.cast', tableId: round.tableId, isPoll: round.kind === 'poll' });
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
			requireLead(context);
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
					logged('vote.close', { subjectId: roundId }),
				],
			};
		},

		'vote.publish'({ roundId, published }, context) {
			requireLead(context);
			const round = closedRound(context, roundId);
			const back = { name: 'vote.publish', payload: { roundId, published: round.published } } as const;
			return {
				changes: [
					{ type: 'put', entity: 'round', row: { ...round, published } },
					logged('vote.publish', { subjectId: roundId, detail: { published }, inverse: back }),
				],
			};
		},

		'vote.decide'({ roundId, optionIds, reason }, context) {
			requireLead(context);
			const round = closedRound(context, roundId);
			const known = optionIdsOf(round);
			if (!optionIds.every((id) => known.has(id))) throw new AppError('vote.unknownOption');
			const decision = { optionIds: [...new Set(optionIds)], reason: reason.trim() };
			return {
				changes: [
					{ type: 'put', entity: 'round', row: { ...round, decision } },
					logged('vote.decide', { subjectId: roundId }),
				],
			};
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
