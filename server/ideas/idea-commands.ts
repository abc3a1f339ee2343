import { colourOfTable, maxIdeasPerBoard, maxIdeasPerPersonAndWorkshop, type IdeaState } from '#lib/domain/idea.ts';
import type { BoardId, IdeaId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { homeBoard } from '#server/live/home-board.ts';
import { boardOwner, requireAllowed, requireGroup, requireIdea } from '#server/live/require.ts';
import { policyContext, stepAt, tableOf, type Idea } from '#server/live/workshop-state.ts';

import { fitsKey, keyOf, type IdeaKey } from './idea-key.ts';
import { placeAtEnd, placeBefore } from './place.ts';

type IdeaCommandName = 'idea.submit' | 'idea.edit' | 'idea.withdraw' | 'idea.move' | 'idea.recolour';

/** Writing, changing and arranging ideas. Nothing here deletes one: withdrawn ideas can be published again. */
export const ideaCommands: CommandHandlers<IdeaCommandName> = {
	'idea.submit'(payload, context) {
		const { state, actor, now } = context;
		const boardId = payload.boardId ?? ownBoard(context);
		const board = boardOwner(state, boardId);
		requireAllowed(context, { name: 'idea.add', board });
		if (payload.groupId !== undefined && requireGroup(state, payload.groupId).boardId !== boardId) {
			throw new AppError('group.unknown');
		}
		const key = requireKey(context, payload.key);
		// The same key again is the same idea, sent a second time.
		if (key !== null && state.ideas.has(key.ideaId)) {
			return { changes: [], result: { ideaId: key.ideaId }, unlogged: true };
		}
		requireRoom(context, boardId);
		const rules = rulesOf(context);
		const table = board.tableId === null ? undefined : state.tables.get(board.tableId);
		const ideaState = intake(context);
		const idea: Idea = {
			id: key?.ideaId ?? (context.newId() as IdeaId),
			boardId,
			text: payload.text,
			language: payload.language ?? null,
			state: ideaState,
			reach: board.tableId === null ? 'room' : (rules?.see ?? 'room'),
			participantId: actor.kind === 'participant' && key === null ? actor.id : null,
			deviceId: actor.kind === 'table' && key === null ? actor.id : null,
			keyHash: key?.hash ?? null,
			showsName: (rules?.names ?? 'shown') === 'shown',
			groupId: payload.groupId ?? null,
			order: placeAtEnd(state.ideas.onBoard(boardId).values()),
			colour: colourOfTable(table?.position ?? 0),
			hideReason: null,
			mergedInto: null,
			copiedFrom: null,
			claimedBy: null,
			claimedAt: null,
			shownAt: null,
			stepId: stepAt(state, tableOf(actor))?.id ?? null,
			createdAt: now,
			publishedAt: ideaState === 'published' ? now : null,
		};
		return { changes: [put(idea)], result: { ideaId: idea.id }, unlogged: key !== null };
	},

	/** Where ideas are read before they stand on a board, new words are read, too. */
	'idea.edit'({ ideaId, text, key }, context) {
		const idea = requireChangeable(context, ideaId, key);
		const unlogged = idea.keyHash !== null;
		if (idea.text === text) return { changes: [], unlogged };
		const isReadAgain = idea.state === 'published' && intake(context) === 'inbox';
		const row: Idea = isReadAgain ? { ...idea, text, state: 'inbox', publishedAt: null } : { ...idea, text };
		return { changes: [put(row)], unlogged };
	},

	'idea.withdraw'({ ideaId, key }, context) {
		const idea = requireOwn(context, ideaId, key);
		if (idea.state === 'hidden' || idea.state === 'merged') throw new AppError('idea.notPublished');
		return { changes: [put({ ...idea, state: 'withdrawn' })], unlogged: idea.keyHash !== null };
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

function rulesOf({ state, actor }: CommandContext) {
	return policyContext(state, tableOf(actor)).rules;
}

/** Where a new idea of this actor goes in its step. What a facilitator writes is published at once. */
export function intake(context: CommandContext): Extract<IdeaState, 'published' | 'inbox' | 'private'> {
	const rules = rulesOf(context);
	if (context.actor.kind === 'facilitator' || rules === null || rules.intake === 'direct') return 'published';
	return rules.intake;
}

/** Where names are not recorded, the author's key stands for them. @throws AppError `idea.keyMissing` */
function requireKey(context: CommandContext, key: string | undefined): IdeaKey | null {
	if (context.actor.kind === 'facilitator' || rulesOf(context)?.names !== 'unrecorded') return null;
	if (key === undefined) throw new AppError('idea.keyMissing');
	return keyOf(context.state.workshop.id, key);
}

function ownBoard({ state, actor }: CommandContext): BoardId {
	if (actor.kind === 'facilitator' || actor.kind === 'screen') throw new AppError('board.unknown');
	return homeBoard(state, actor.tableId);
}

/** An idea whose words whoever asks may change now. @throws AppError with the policy's code */
function requireChangeable(context: CommandContext, ideaId: IdeaId, key: string | undefined): Idea {
	return requireMine('idea.change', context, ideaId, key);
}

/** An idea that whoever asks may take back, and bring again. @throws AppError with the policy's code */
export function requireOwn(context: CommandContext, ideaId: IdeaId, key: string | undefined): Idea {
	return requireMine('idea.withdraw', context, ideaId, key);
}

function requireMine(
	name: 'idea.change' | 'idea.withdraw',
	context: CommandContext,
	ideaId: IdeaId,
	key: string | undefined,
): Idea {
	const { state } = context;
	const idea = requireIdea(state, ideaId);
	requireAllowed(context, {
		name,
		board: boardOwner(state, idea.boardId),
		author: { participantId: idea.participantId, deviceId: idea.deviceId },
		byKey: key !== undefined && fitsKey(state.workshop.id, idea, key),
	});
	return idea;
}

function requireRoom({ state, actor }: CommandContext, boardId: BoardId): void {
	const own = actor.kind === 'participant' ? state.ideas.by(actor.id).size : 0;
	if (state.ideas.onBoard(boardId).size >= maxIdeasPerBoard)
		throw new AppError('board.full', { max: maxIdeasPerBoard });
	if (own >= maxIdeasPerPersonAndWorkshop) throw new AppError('idea.tooMany', { max: maxIdeasPerPersonAndWorkshop });
}
