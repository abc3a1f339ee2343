import { colourOfTable, maxIdeasPerBoard, maxIdeasPerPersonAndWorkshop, type IdeaState } from '#lib/domain/idea.ts';
import type { BoardId, IdeaId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { homeBoard } from '#server/live/home-board.ts';
import { boardOwner, requireAllowed, requireFacilitator, requireGroup, requireIdea } from '#server/live/require.ts';
import { policyContext, type Idea, type WorkshopState } from '#server/live/workshop-state.ts';

import { placeAtEnd, placeBefore } from './place.ts';

type IdeaCommandName =
	'idea.submit' | 'idea.edit' | 'idea.withdraw' | 'idea.hide' | 'idea.publish' | 'idea.move' | 'idea.recolour';

/** Writing, changing and arranging ideas. Nothing here deletes one: hidden and withdrawn ideas can be published again. */
export const ideaCommands: CommandHandlers<IdeaCommandName> = {
	'idea.submit'(payload, context) {
		const { state, actor, now } = context;
		const boardId = payload.boardId ?? ownBoard(state, actor);
		const board = boardOwner(state, boardId);
		requireAllowed(context, { name: 'idea.add', board });
		if (payload.groupId !== undefined && requireGroup(state, payload.groupId).boardId !== boardId) {
			throw new AppError('group.unknown');
		}
		requireRoom(state, actor, boardId);
		const table = board.tableId === null ? undefined : state.tables.get(board.tableId);
		const ideaState = intake(context);
		const idea: Idea = {
			id: context.newId() as IdeaId,
			boardId,
			text: payload.text,
			language: payload.language ?? null,
			state: ideaState,
			participantId: actor.kind === 'participant' ? actor.id : null,
			deviceId: actor.kind === 'table' ? actor.id : null,
			showsName: policyContext(state).rules?.names !== 'hidden',
			groupId: payload.groupId ?? null,
			order: placeAtEnd(state.ideas.onBoard(boardId).values()),
			colour: colourOfTable(table?.position ?? 0),
			hideReason: null,
			stepId: state.workshop.currentStepId,
			createdAt: now,
			publishedAt: ideaState === 'published' ? now : null,
		};
		return { changes: [put(idea)], result: { ideaId: idea.id } };
	},

	'idea.edit'({ ideaId, text }, context) {
		const idea = requireChangeable(context, ideaId);
		return { changes: idea.text === text ? [] : [put({ ...idea, text })] };
	},

	'idea.withdraw'({ ideaId }, context) {
		const idea = requireChangeable(context, ideaId);
		if (idea.state === 'hidden') throw new AppError('idea.notPublished');
		return { changes: [put({ ...idea, state: 'withdrawn' })] };
	},

	'idea.hide'({ ideaId, reason }, context) {
		requireFacilitator(context);
		const idea = requireIdea(context.state, ideaId);
		return {
			changes: [
				put({ ...idea, state: 'hidden', hideReason: reason ?? null }),
				{ type: 'audit', action: 'idea.hide', subjectId: ideaId, detail: { reason: reason ?? null } },
			],
		};
	},

	'idea.publish'({ ideaId }, context) {
		const { state, actor, now } = context;
		const idea = requireIdea(state, ideaId);
		if (actor.kind === 'facilitator') {
			const audit: Change = { type: 'audit', action: 'idea.publish', subjectId: ideaId, detail: {} };
			return { changes: [put(published(idea, now)), audit] };
		}
		// Authors may take back a withdrawal; what a facilitator has taken down stays down.
		requireChangeable(context, ideaId);
		if (idea.state !== 'withdrawn') throw new AppError('idea.notPublished');
		const back = idea.publishedAt === null ? { ...idea, state: intake(context) } : published(idea, now);
		return { changes: [put(back)] };
	},

	'idea.move'({ ideaId, groupId, beforeIdeaId }, context) {
		const { state } = context;
		const idea = requireIdea(state, ideaId);
		requireAllowed(context, { name: 'board.arrange', board: boardOwner(state, idea.boardId) });
		if (idea.state !== 'published') throw new AppError('idea.notPublished');
		if (groupId !== null && requireGroup(state, groupId).boardId !== idea.boardId) throw new AppError('group.unknown');
		const neighbours: Idea[] = [];
		for (const other of state.ideas.onBoard(idea.boardId).values()) {
			if (other.groupId === groupId && other.id !== ideaId && other.state === 'published') neighbours.push(other);
		}
		const { order, renumbered } = placeBefore(beforeIdeaId, neighbours);
		return { changes: [...renumbered.map(put), put({ ...idea, groupId, order })] };
	},

	'idea.recolour'({ ideaId, colour }, context) {
		const idea = requireIdea(context.state, ideaId);
		requireAllowed(context, { name: 'board.arrange', board: boardOwner(context.state, idea.boardId) });
		return { changes: [put({ ...idea, colour })] };
	},
};

function put(row: Idea): Change {
	return { type: 'put', entity: 'idea', row };
}

function published(idea: Idea, now: number): Idea {
	return { ...idea, state: 'published', hideReason: null, publishedAt: idea.publishedAt ?? now };
}

/** Where a new idea of this actor goes in the current step. What a facilitator writes is published at once. */
function intake({ state, actor }: CommandContext): Extract<IdeaState, 'published' | 'inbox' | 'private'> {
	const rules = policyContext(state).rules;
	if (actor.kind === 'facilitator' || rules === null || rules.intake === 'direct') return 'published';
	return rules.intake;
}

function ownBoard(state: WorkshopState, actor: Actor): BoardId {
	if (actor.kind === 'facilitator' || actor.kind === 'screen') throw new AppError('board.unknown');
	return homeBoard(state, actor.tableId);
}

function requireChangeable(context: CommandContext, ideaId: IdeaId): Idea {
	const idea = requireIdea(context.state, ideaId);
	requireAllowed(context, {
		name: 'idea.change',
		board: boardOwner(context.state, idea.boardId),
		author: { participantId: idea.participantId, deviceId: idea.deviceId },
	});
	return idea;
}

function requireRoom(state: WorkshopState, actor: Actor, boardId: BoardId): void {
	const own = actor.kind === 'participant' ? state.ideas.by(actor.id).size : 0;
	if (state.ideas.onBoard(boardId).size >= maxIdeasPerBoard)
		throw new AppError('board.full', { max: maxIdeasPerBoard });
	if (own >= maxIdeasPerPersonAndWorkshop) throw new AppError('idea.tooMany', { max: maxIdeasPerPersonAndWorkshop });
}
