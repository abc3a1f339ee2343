import type { ParticipantId } from '#lib/domain/ids.ts';
import type { Participant, Round, WorkshopState } from '#server/live/workshop-state.ts';

/**
 * How many have voted, of how many who may.
 *
 * Eligible is everybody on the roll, plus, while the round is open, those who came in since and could vote now. Nobody leaves
 * the roll: who was asked and then went to another table or was blocked has been asked all the same. At the close the
 * newcomers are put on the roll, so the number stays what it was a moment before.
 */
export function turnoutOf(state: Readonly<WorkshopState>, round: Round): { voted: number; eligible: number } {
	const roll = state.rolls.get(round.id) ?? new Map<ParticipantId, boolean>();
	let voted = 0;
	for (const hasVoted of roll.values()) if (hasVoted) voted += 1;
	const eligible = roll.size + (round.state === 'open' ? newcomers(state, round).length : 0);
	return { voted, eligible };
}

/** People who may vote in a round and aren't on its roll yet. */
export function newcomers(state: Readonly<WorkshopState>, round: Pick<Round, 'id' | 'tableId'>): ParticipantId[] {
	const roll = state.rolls.get(round.id);
	return votersOf(state, round).filter((id) => roll?.has(id) !== true);
}

/** The unblocked people of the table that is asked, or of the whole room. */
export function votersOf(state: Readonly<WorkshopState>, round: Pick<Round, 'tableId'>): ParticipantId[] {
	const voters: ParticipantId[] = [];
	for (const participant of state.participants.values()) if (mayVote(participant, round)) voters.push(participant.id);
	return voters;
}

function mayVote(participant: Participant, round: Pick<Round, 'tableId'>): boolean {
	if (participant.blockedAt !== null) return false;
	return round.tableId === null || participant.tableId === round.tableId;
}
