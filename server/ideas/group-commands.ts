import { noteColours } from '#lib/domain/idea.ts';
import type { BoardId, GroupId, IdeaId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { boardOwner, requireAllowed, requireGroup, requireIdea } from '#server/live/require.ts';
import type { Group, WorkshopState } from '#server/live/workshop-state.ts';

import { placeBefore } from './place.ts';

/** Groups of ideas on a board. */
export const groupCommands: CommandHandlers<'group.create' | 'group.rename' | 'group.move' | 'group.delete'> = {
	'group.create'({ boardId, title, ideaIds }, context) {
		const { state } = context;
		requireArrangeable(context, boardId);
		const groups = groupsOf(state, boardId);
		const group: Group = {
			id: context.newId() as GroupId,
			boardId,
			title,
			order: placeBefore(undefined, groups).order,
			colour: noteColours[groups.length % noteColours.length] ?? 'sun',
			deletedAt: null,
		};
		const ideas = ideaIds.map((ideaId) => requireMember(state, ideaId, boardId));
		return {
			changes: [put(group), ...ideas.map((idea): Change => putIdea({ ...idea, groupId: group.id }))],
			result: { groupId: group.id },
		};
	},

	'group.rename'({ groupId, title }, context) {
		const group = requireArrangeableGroup(context, groupId);
		return { changes: [put({ ...group, title })] };
	},

	'group.move'({ groupId, beforeGroupId }, context) {
		const group = requireArrangeableGroup(context, groupId);
		const others = groupsOf(context.state, group.boardId).filter((other) => other.id !== groupId);
		const { order, renumbered } = placeBefore(beforeGroupId, others);
		return { changes: [...renumbered.map(put), put({ ...group, order })] };
	},

	'group.delete'({ groupId }, context) {
		const group = requireArrangeableGroup(context, groupId);
		const members = [...context.state.ideas.values()].filter((idea) => idea.groupId === groupId);
		return {
			changes: [
				...members.map((idea) => putIdea({ ...idea, groupId: null })),
				put({ ...group, deletedAt: context.now }),
			],
		};
	},
};

function put(row: Group): Change {
	return { type: 'put', entity: 'group', row };
}

function putIdea(row: Extract<Change, { entity: 'idea' }>['row']): Change {
	return { type: 'put', entity: 'idea', row };
}

function requireArrangeable(context: CommandContext, boardId: BoardId): void {
	requireAllowed(context, { name: 'board.arrange', board: boardOwner(context.state, boardId) });
}

function requireArrangeableGroup(context: CommandContext, groupId: GroupId): Group {
	const group = requireGroup(context.state, groupId);
	requireArrangeable(context, group.boardId);
	return group;
}

function requireMember(state: WorkshopState, ideaId: IdeaId, boardId: BoardId) {
	const idea = requireIdea(state, ideaId);
	if (idea.boardId !== boardId || idea.state !== 'published') throw new AppError('idea.notPublished');
	return idea;
}

function groupsOf(state: WorkshopState, boardId: BoardId): Group[] {
	return [...state.groups.values()].filter((group) => group.boardId === boardId && group.deletedAt === null);
}
