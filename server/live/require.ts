import type { BoardId, GroupId, IdeaId, ParticipantId, TableId } from '#lib/domain/ids.ts';
import { can, type Action } from '#lib/domain/policy.ts';
import { AppError } from '#lib/protocol/errors.ts';

import type { CommandContext } from './command-handler.ts';
import {
	policyContext,
	tableOf,
	type Group,
	type Idea,
	type Participant,
	type Table,
	type WorkshopState,
} from './workshop-state.ts';

/** What handlers ask before they decide: each returns what was asked for, or refuses with its code. */

/** @throws AppError with the policy's code */
export function requireAllowed({ actor, state }: CommandContext, action: Action): void {
	const verdict = can(actor, action, policyContext(state, tableOf(actor)));
	if (!verdict.allowed) throw new AppError(verdict.code);
}

export function requireFacilitator(context: CommandContext): void {
	requireAllowed(context, { name: 'workshop.run' });
}

/** @throws AppError `workshop.notLead` to those of the team who don't steer now */
export function requireLead(context: CommandContext): void {
	requireAllowed(context, { name: 'workshop.steer' });
}

/** @throws AppError `board.unknown` */
export function boardOwner(state: WorkshopState, boardId: BoardId) {
	const board = state.boards.get(boardId);
	if (board === undefined) throw new AppError('board.unknown');
	return { boardId, tableId: board.tableId };
}

/** @throws AppError `idea.unknown` */
export function requireIdea(state: WorkshopState, ideaId: IdeaId): Idea {
	const idea = state.ideas.get(ideaId);
	if (idea === undefined) throw new AppError('idea.unknown');
	return idea;
}

/** @throws AppError `group.unknown`, also for one that was deleted */
export function requireGroup(state: WorkshopState, groupId: GroupId): Group {
	const group = state.groups.get(groupId);
	if (group?.deletedAt !== null) throw new AppError('group.unknown');
	return group;
}

/** @throws AppError `table.unknown` */
export function requireTable(state: WorkshopState, tableId: TableId): Table {
	const table = state.tables.get(tableId);
	if (table === undefined) throw new AppError('table.unknown');
	return table;
}

/** @throws AppError `participant.unknown` */
export function requireParticipant(state: WorkshopState, participantId: ParticipantId): Participant {
	const participant = state.participants.get(participantId);
	if (participant === undefined) throw new AppError('participant.unknown');
	return participant;
}
