import type { BoardId, TableId } from '#lib/domain/ids.ts';
import type { BoardChange, BoardContent, BoardGroup, BoardIdea } from '#lib/protocol/board-document.ts';

import type { Touched } from './apply-change.ts';
import type { Group, Idea, WorkshopState } from './workshop-state.ts';

/** What is published on a board, from the rows in memory. */
export function presentBoard(state: WorkshopState, boardId: BoardId): BoardContent {
	const ideas: BoardIdea[] = [];
	const groups: BoardGroup[] = [];
	for (const idea of state.ideas.onBoard(boardId).values()) {
		if (idea.state === 'published') ideas.push(presentIdea(idea, state));
	}
	for (const group of state.groups.values()) {
		if (group.boardId === boardId && group.deletedAt === null) groups.push(presentGroup(group));
	}
	return { ideas, groups };
}

/** What a batch changed, board by board. */
export function presentBoardChanges(state: WorkshopState, touched: Touched): Map<BoardId, BoardChange[]> {
	const changes = new Map<BoardId, BoardChange[]>();
	const add = (boardId: BoardId, change: BoardChange) => {
		const list = changes.get(boardId);
		if (list === undefined) changes.set(boardId, [change]);
		else list.push(change);
	};
	for (const [id, boardId] of touched.groups) {
		const group = state.groups.get(id);
		if (group?.deletedAt === null) add(boardId, { kind: 'put-group', group: presentGroup(group) });
		else add(boardId, { kind: 'remove-group', groupId: id });
	}
	for (const [id, boardId] of touched.ideas) {
		const idea = state.ideas.get(id);
		if (idea?.state === 'published') add(boardId, { kind: 'put-idea', idea: presentIdea(idea, state) });
		else add(boardId, { kind: 'remove-idea', ideaId: id });
	}
	return changes;
}

/** Author and time go along only where names are shown. */
function presentIdea(idea: Idea, state: WorkshopState): BoardIdea {
	const tableId = tableOfOrigin(idea, state);
	const author = idea.participantId === null ? undefined : state.participants.get(idea.participantId);
	return {
		id: idea.id,
		text: idea.text,
		groupId: idea.groupId,
		order: idea.order,
		colour: idea.colour,
		...(tableId === null ? {} : { tableId }),
		...(idea.showsName && idea.language !== null ? { language: idea.language } : {}),
		...(idea.showsName && author?.nickname ? { by: author.nickname } : {}),
		...(idea.showsName ? { at: idea.publishedAt ?? idea.createdAt } : {}),
	};
}

/** The table whose idea it is: a copy in the plenary names the one it was taken from. */
function tableOfOrigin({ boardId, copiedFrom }: Idea, state: WorkshopState): TableId | null {
	const origin = copiedFrom === null ? undefined : state.ideas.get(copiedFrom);
	return state.boards.get(origin?.boardId ?? boardId)?.tableId ?? null;
}

function presentGroup(group: Group): BoardGroup {
	return { id: group.id, title: group.title, order: group.order, colour: group.colour };
}
