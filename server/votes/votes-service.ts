import type { DotBallot } from '#lib/domain/dot-vote.ts';
import type { ParticipantId, RoundId } from '#lib/domain/ids.ts';
import type { Database, Sql } from '#server/db/client.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import type { Round, WorkshopState } from '#server/live/workshop-state.ts';
import type { Logger } from '#server/logger.ts';

import { openRoundKeys } from './round-keys.ts';
import { turnoutOf } from './turnout.ts';
import { createVoteCommands, type VoteCommandName } from './vote-commands.ts';
import { deleteBallot, findBallots, findOpenRounds, findRoundStates, vacuumBallots } from './votes-queries.ts';

/** Keys that fit no round of this database may belong to another one that shares the data folder; they are kept this long. */
const strayKeyKeptMs = 30 * 24 * 60 * 60 * 1000;

export type VotesService = {
	readonly commands: CommandHandlers<VoteCommandName>;
	readonly turnout: (state: Readonly<WorkshopState>, round: Round) => { voted: number; eligible: number };
	/** A person's own ballots, as far as rounds are open; nobody can look one up after the close. */
	readOwnBallots(
		sql: Sql,
		participantId: ParticipantId,
		openRounds: Iterable<RoundId>,
	): Promise<Record<RoundId, DotBallot>>;
	/** Takes a person's ballots back out of open rounds, as if they had not voted: they can vote anew. */
	withdrawBallots(sql: Sql, participantId: ParticipantId, openRounds: Iterable<RoundId>): Promise<void>;
	/**
	 * Puts the keys in line with the rounds: finishes closes that a crash cut off, names open rounds whose key is lost.
	 * To be called at start, and harmless at any other time.
	 */
	tidy(): Promise<void>;
};

export type VotesOptions = {
	readonly database: Database;
	readonly logger: Logger;
	/** Where the keys of open rounds lie; nothing else is kept there. */
	readonly keysFolder: string;
	/** Changes that go with the close of a round, such as a snapshot. */
	readonly onClose?: (context: CommandContext) => readonly Change[];
	readonly now?: () => number;
};

export async function createVotesService(options: VotesOptions): Promise<VotesService> {
	const { database, logger, keysFolder, onClose = () => [], now = Date.now } = options;
	const roundKeys = await openRoundKeys(keysFolder);

	/** Cuts what is left of the thread between voters and ballots of closed rounds. */
	async function forget(roundIds: readonly RoundId[]): Promise<void> {
		for (const roundId of roundIds) await roundKeys.destroy(roundId);
		await vacuumBallots(database);
	}

	return {
		commands: createVoteCommands({ roundKeys, onClose, forget: (roundId) => forget([roundId]) }),
		turnout: turnoutOf,
		async readOwnBallots(sql, participantId, openRounds) {
			const keys = [...openRounds]
				.filter((roundId) => roundKeys.has(roundId))
				.map((roundId) => ({ roundId, voterKey: roundKeys.voterKey(roundId, participantId) }));
			if (keys.length === 0) return {};
			const ballots = await findBallots(sql, keys);
			return Object.fromEntries(ballots.map(({ roundId, choices }) => [roundId, choices]));
		},
		async withdrawBallots(sql, participantId, openRounds) {
			for (const roundId of openRounds) {
				if (!roundKeys.has(roundId)) continue;
				await deleteBallot(sql, { roundId, voterKey: roundKeys.voterKey(roundId, participantId) }, participantId);
			}
		},
		async tidy() {
			const held = roundKeys.list();
			const states = await findRoundStates(
				database,
				held.map((key) => key.roundId),
			);
			const closed = held.filter((key) => states.get(key.roundId) === 'closed');
			await forget(closed.map((key) => key.roundId));
			for (const { roundId, createdAt } of held) {
				if (states.has(roundId) || now() - createdAt.getTime() < strayKeyKeptMs) continue;
				await roundKeys.destroy(roundId);
			}
			for (const roundId of await findOpenRounds(database)) {
				if (!roundKeys.has(roundId)) {
					logger.warn({ roundId }, 'the key of an open vote is lost: it takes no more votes, but can be closed');
				}
			}
		},
	};
}
