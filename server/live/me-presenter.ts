import type { DotBallot } from '#lib/domain/dot-vote.ts';
import type { IdeaId, RoundId, TableId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import type { HostName, MeView, OwnIdea } from '#lib/protocol/live.ts';

import { homeBoard } from './home-board.ts';
import { presentRoundsToTable, type Turnout } from './round-presenter.ts';
import type { Idea, WorkshopState } from './workshop-state.ts';

/** What a person or device may know about itself. `ballots` are its own, of open rounds. */
export function presentMe(
	actor: Actor,
	state: WorkshopState,
	facilitatorName: string,
	ballots: Record<RoundId, DotBallot>,
	turnout: Turnout,
): MeView | undefined {
	switch (actor.kind) {
		case 'participant': {
			const person = state.participants.get(actor.id);
			if (person === undefined) return undefined;
			// Whoever was blocked is told of the table no more than of the room.
			const tellsOf = person.blockedAt === null ? person.tableId : null;
			const voted: Record<RoundId, boolean> = {};
			for (const [roundId, roll] of state.rolls) {
				const hasVoted = roll.get(actor.id);
				if (hasVoted !== undefined) voted[roundId] = hasVoted;
			}
			return {
				kind: 'participant',
				participantId: person.id,
				nickname: person.nickname,
				tableId: person.tableId,
				boardId: homeBoard(state, person.tableId),
				blocked: person.blockedAt !== null,
				atHome: person.atHome,
				ideas: presentOwnIdeas(state.ideas.by(actor.id)),
				ballots,
				voted,
				rounds: presentRoundsToTable(state, tellsOf, turnout),
				hostName: presentHostName(state, tellsOf),
			};
		}
		case 'table':
			return {
				kind: 'table',
				deviceId: actor.id,
				tableId: actor.tableId,
				boardId: homeBoard(state, actor.tableId),
				ideas: presentOwnIdeas(state.ideas.by(actor.id)),
				rounds: presentRoundsToTable(state, actor.tableId, turnout),
				hostName: presentHostName(state, actor.tableId),
			};
		case 'screen': {
			const device = state.devices.get(actor.id);
			if (device === undefined) return undefined;
			const { name, layout, tableId, ideaId, languages } = device;
			return { kind: 'screen', deviceId: actor.id, name, layout, tableId, ideaId, languages };
		}
		case 'facilitator':
			return { kind: 'facilitator', accountId: actor.id, name: facilitatorName };
	}
}

function presentHostName(state: WorkshopState, tableId: TableId | null): HostName {
	const hostId = tableId === null ? null : (state.tables.get(tableId)?.hostId ?? null);
	return hostId === null ? null : (state.participants.get(hostId)?.nickname ?? null);
}

function presentOwnIdeas(ideas: ReadonlyMap<IdeaId, Idea>): Record<IdeaId, OwnIdea> {
	const own: Record<IdeaId, OwnIdea> = {};
	for (const idea of ideas.values()) own[idea.id] = presentOwnIdea(idea);
	return own;
}

/** The same object for the same row, so that what didn't change is found without looking into it. */
function presentOwnIdea(idea: Idea): OwnIdea {
	const known = presented.get(idea);
	if (known !== undefined) return known;
	const { text, state, boardId, reach, hideReason, mergedInto, createdAt } = idea;
	const own = { text, state, boardId, reach, reason: hideReason, mergedInto, createdAt };
	presented.set(idea, own);
	return own;
}

const presented = new WeakMap<Idea, OwnIdea>();
