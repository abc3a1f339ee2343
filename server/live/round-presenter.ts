import type { RoundId, TableId } from '#lib/domain/ids.ts';
import { showableTally } from '#lib/domain/small-group.ts';
import type { OptionView, RoundView } from '#lib/protocol/live.ts';

import type { Round, RoundOption, WorkshopState } from './workshop-state.ts';

export type Turnout = (state: WorkshopState, round: Round) => RoundView['turnout'];

/** All rounds, for those who run them. */
export function presentRoundsToTeam(state: WorkshopState, turnout: Turnout): Record<RoundId, RoundView> {
	return presentRounds(
		state,
		() => true,
		(round) => presentRound(round, state, turnout, true),
	);
}

/** What everybody is told of: the room's rounds, and those of tables once their result is shown to the room. */
export function presentRoundsToRoom(state: WorkshopState, turnout: Turnout): Record<RoundId, RoundView> {
	return presentRounds(state, isOfTheRoom, (round) => presentRound(round, state, turnout, false));
}

/** The rounds that only this table is told of: it may ask about ideas that nobody else has seen. */
export function presentRoundsToTable(
	state: WorkshopState,
	tableId: TableId | null,
	turnout: Turnout,
): Record<RoundId, RoundView> {
	const isOwn = (round: Round) => tableId !== null && round.tableId === tableId && !isOfTheRoom(round);
	return presentRounds(state, isOwn, (round) => presentRound(round, state, turnout, false));
}

function isOfTheRoom({ tableId, published }: Round): boolean {
	return tableId === null || published;
}

function presentRounds(
	{ rounds }: WorkshopState,
	isShown: (round: Round) => boolean,
	present: (round: Round) => RoundView,
): Record<RoundId, RoundView> {
	const shown: Record<RoundId, RoundView> = {};
	for (const round of rounds.values()) if (isShown(round)) shown[round.id] = present(round);
	return shown;
}

function presentRound(round: Round, state: WorkshopState, turnout: Turnout, forTeam: boolean): RoundView {
	const { kind, position, title, rule, tableId, published } = round;
	return {
		...{ kind, position, title, rule, tableId, published },
		options: Object.fromEntries(
			round.options.map(({ id, ...option }): [string, OptionView] => [
				id,
				forTeam || !isTakenDown(option, state) ? option : { ...option, label: '' },
			]),
		),
		state: round.state,
		turnout: turnout(state, round),
		tally: forTeam || published ? showableTally(round) : null,
		decision: forTeam || published ? round.decision : null,
	};
}

/** Options are frozen, but words that were taken down are gone from there too. */
function isTakenDown({ ideaId }: Omit<RoundOption, 'id'>, state: WorkshopState): boolean {
	const idea = ideaId === null ? undefined : state.ideas.get(ideaId);
	return idea?.state === 'hidden' || idea?.state === 'withdrawn';
}
