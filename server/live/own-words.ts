import type { OptionId, RoundId, TableId } from '#lib/domain/ids.ts';

import type { Round, RoundOption, WorkshopState } from './workshop-state.ts';

/**
 * Whether an option's words are for one table only: it votes on ideas that only the table sees, and no result was shown to the room.
 * Such words travel to the people and the device of that table, apart from the view that everybody shares.
 */
export function isOfTableAlone({ ideaId }: Omit<RoundOption, 'id'>, round: Round, state: WorkshopState): boolean {
	if (round.tableId === null || round.published || ideaId === null) return false;
	return state.ideas.get(ideaId)?.reach === 'table';
}

/** The words of options that only this table sees, by round. */
export function ownWords(state: WorkshopState, tableId: TableId | null): Record<RoundId, Record<OptionId, string>> {
	const words: Record<RoundId, Record<OptionId, string>> = {};
	if (tableId === null) return words;
	for (const round of state.rounds.values()) {
		if (round.tableId !== tableId) continue;
		const own = round.options.filter((option) => isOfTableAlone(option, round, state) && isPublished(option, state));
		if (own.length > 0) words[round.id] = Object.fromEntries(own.map(({ id, label }) => [id, label]));
	}
	return words;
}

function isPublished({ ideaId }: RoundOption, state: WorkshopState): boolean {
	const idea = ideaId === null ? undefined : state.ideas.get(ideaId);
	return idea?.state === 'published' || idea?.state === 'merged';
}
