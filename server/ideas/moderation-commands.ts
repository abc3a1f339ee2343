import type { BoardId, GroupId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change, Inverse } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers, Decision } from '#server/live/command-handler.ts';
import { isClaimedByOther } from '#server/live/claims.ts';
import { logged } from '#server/live/logged.ts';
import { requireFacilitator, requireGroup, requireIdea } from '#server/live/require.ts';
import type { Idea } from '#server/live/workshop-state.ts';

import { intake, requireOwn } from './idea-commands.ts';

type ModerationCommandName = 'idea.hide' | 'idea.publish' | 'idea.merge' | 'inbox.claim' | 'inbox.return';

/**
 * What becomes of ideas that wait, and of those that are on a board. Each decision stands in the log with the idea it was about and
 * the command that takes it back.
 */
export const moderationCommands: CommandHandlers<ModerationCommandName> = {
	'idea.hide'({ ideaId, reason }, context) {
		requireFacilitator(context);
		const idea = requireFree(requireIdea(context.state, ideaId), context);
		const row = released({ ...idea, state: 'hidden', hideReason: reason ?? null });
		const inverse = backTo(idea);
		return {
			changes: [put(row), logged('idea.hide', { subjectId: ideaId, detail: { reason: reason ?? null }, inverse })],
		};
	},

	'idea.publish'({ ideaId, groupId, key }, context) {
		const { state, actor, now } = context;
		if (actor.kind !== 'facilitator') return takeBackWithdrawal(requireOwn(context, ideaId, key), context);
		const idea = requireFree(requireIdea(state, ideaId), context);
		const group = groupId === undefined ? groupLeft(idea, context) : requireGroupOn(context, groupId, idea.boardId);
		const row = released({ ...published(idea, now), groupId: group });
		const inverse = backTo(idea);
		const detail = { group: groupId ?? null };
		return { changes: [put(row), logged('idea.publish', { subjectId: ideaId, detail, inverse })] };
	},

	/** The words of one idea then stand for both. Ideas that stood in the first one's words follow it. */
	'idea.merge'({ ideaId, intoIdeaId }, context) {
		requireFacilitator(context);
		const { state } = context;
		const idea = requireFree(requireIdea(state, ideaId), context);
		const into = requireIdea(state, intoIdeaId);
		if (idea.id === into.id || idea.boardId !== into.boardId || idea.state === 'merged') {
			throw new AppError('idea.alreadyMerged');
		}
		if (into.state !== 'published') throw new AppError('idea.notPublished');
		const followers = [...state.ideas.onBoard(idea.boardId).values()].filter((other) => other.mergedInto === ideaId);
		return {
			changes: [
				...followers.map((follower) => put({ ...follower, mergedInto: intoIdeaId })),
				put(released({ ...idea, state: 'merged', mergedInto: intoIdeaId })),
				logged('idea.merge', { subjectId: ideaId, detail: { into: intoIdeaId }, inverse: backTo(idea) }),
			],
		};
	},

	/** Ideas that somebody else has in hand are left alone. */
	'inbox.claim'({ ideaIds, claimed }, context) {
		requireFacilitator(context);
		const { state, actor, now } = context;
		if (actor.kind !== 'facilitator') throw new AppError('access.denied');
		const free = ideaIds
			.map((ideaId) => requireIdea(state, ideaId))
			.filter((idea) => idea.state === 'inbox' && !isClaimedByOther(idea, actor.id, now));
		return {
			changes: free.map((idea) =>
				put({ ...idea, claimedBy: claimed ? actor.id : null, claimedAt: claimed ? now : null }),
			),
			result: { ideaIds: free.map(({ id }) => id) },
		};
	},

	'inbox.return'({ ideaId }, context) {
		requireFacilitator(context);
		const idea = requireFree(requireIdea(context.state, ideaId), context);
		const row: Idea = { ...idea, state: 'inbox', hideReason: null, mergedInto: null, publishedAt: null };
		return {
			changes: [put(released(row)), logged('inbox.return', { subjectId: ideaId, inverse: backTo(idea) })],
		};
	},
};

/**
 * Authors may take back a withdrawal; what a facilitator has taken down stays down. Where ideas are read first, this one is, too.
 */
function takeBackWithdrawal(idea: Idea, context: CommandContext): Decision {
	if (idea.state !== 'withdrawn') throw new AppError('idea.notPublished');
	const state = intake(context);
	const isReadFirst = idea.publishedAt === null || state === 'inbox';
	const back: Idea = isReadFirst ? { ...idea, state, publishedAt: null } : published(idea, context.now);
	return { changes: [put(back)], unlogged: idea.keyHash !== null };
}

function put(row: Idea): Change {
	return { type: 'put', entity: 'idea', row };
}

/** The command that brings an idea back to where it is now; to its author alone there is no way back. */
function backTo({ id, state, hideReason }: Idea): Inverse | undefined {
	if (state === 'published') return { name: 'idea.publish', payload: { ideaId: id } };
	if (state === 'inbox') return { name: 'inbox.return', payload: { ideaId: id } };
	if (state !== 'hidden') return undefined;
	return { name: 'idea.hide', payload: { ideaId: id, ...(hideReason === null ? {} : { reason: hideReason }) } };
}

function published(idea: Idea, now: number): Idea {
	return { ...idea, state: 'published', hideReason: null, mergedInto: null, publishedAt: idea.publishedAt ?? now };
}

function released(idea: Idea): Idea {
	return { ...idea, claimedBy: null, claimedAt: null };
}

/** The group it was in, if that is still there. */
function groupLeft({ groupId }: Idea, { state }: CommandContext): GroupId | null {
	if (groupId === null) return null;
	return state.groups.get(groupId)?.deletedAt === null ? groupId : null;
}

function requireGroupOn({ state }: CommandContext, groupId: GroupId, boardId: BoardId): GroupId {
	if (requireGroup(state, groupId).boardId !== boardId) throw new AppError('group.unknown');
	return groupId;
}

/**
 * An idea that the team may decide about: what its author keeps or has taken back is theirs.
 * @throws AppError `idea.notPublished` then; `idea.claimed` while another moderator has it in hand
 */
function requireFree(idea: Idea, { actor, now }: CommandContext): Idea {
	if (idea.state === 'withdrawn' || idea.state === 'private') throw new AppError('idea.notPublished');
	if (actor.kind === 'facilitator' && isClaimedByOther(idea, actor.id, now)) throw new AppError('idea.claimed');
	return idea;
}
