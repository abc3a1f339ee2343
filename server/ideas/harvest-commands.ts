import { maxIdeasPerBoard } from '#lib/domain/idea.ts';
import type { IdeaId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { CommandHandlers } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { boardOwner, requireFacilitator, requireIdea } from '#server/live/require.ts';
import type { Idea } from '#server/live/workshop-state.ts';

import { placeAtEnd } from './place.ts';

/**
 * Harvesting: the plenary takes ideas from tables by copy. The table's own stays where it is; the copy names it, says its words as they
 * are now, and has no author who could change them behind the plenary's back.
 */
export const harvestCommands: CommandHandlers<'idea.harvest'> = {
	'idea.harvest'({ ideaIds, boardId: wanted }, context) {
		requireFacilitator(context);
		const { state, now, newId } = context;
		const boardId = wanted ?? state.plenaryBoardId;
		const { tableId } = boardOwner(state, boardId);
		const there = [...state.ideas.onBoard(boardId).values()];
		const shown = there.filter((idea) => idea.state === 'published');
		const known = new Map(shown.map((idea) => [idea.copiedFrom, idea.id]));
		let order = placeAtEnd(there);
		const copies = new Map<IdeaId, Idea | IdeaId>();
		for (const ideaId of ideaIds) {
			const idea = requireIdea(state, ideaId);
			if (idea.state !== 'published') throw new AppError('idea.notPublished');
			const origin = idea.copiedFrom ?? idea.id;
			const copy = known.get(origin);
			// What was harvested before, or is at home there, isn't brought a second time.
			if (copy !== undefined || idea.boardId === boardId) {
				copies.set(origin, copy ?? idea.id);
				continue;
			}
			copies.set(origin, {
				...idea,
				id: newId() as IdeaId,
				boardId,
				reach: tableId === null ? 'room' : idea.reach,
				participantId: null,
				deviceId: null,
				keyHash: null,
				showsName: false,
				groupId: null,
				order,
				copiedFrom: origin,
				shownAt: null,
				createdAt: now,
				publishedAt: now,
			});
			order += 1;
		}
		const made = [...copies.values()].filter((copy) => typeof copy !== 'string');
		if (there.length + made.length > maxIdeasPerBoard) throw new AppError('board.full', { max: maxIdeasPerBoard });
		return {
			changes: [
				...made.map((row) => ({ type: 'put', entity: 'idea', row }) as const),
				logged('idea.harvest', { subjectId: boardId, detail: { ideas: made.length } }),
			],
			result: { ideaIds: [...copies.values()].map((copy) => (typeof copy === 'string' ? copy : copy.id)) },
		};
	},
};
