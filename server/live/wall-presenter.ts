import type { TableId } from '#lib/domain/ids.ts';
import type { ScreenView } from '#lib/protocol/live.ts';

import type { Idea, WorkshopState } from './workshop-state.ts';

/** Most notes that a wall gets; it shows a few at a time. */
const wallSize = 240;

/** The newest ideas that reach the room or, for a table's own screen, all that are on its board. Never with a name. */
export function presentWall(state: WorkshopState, tableId: TableId | null): Pick<ScreenView, 'wall' | 'groups'> {
	const wall: ScreenView['wall'] = {};
	const groups: ScreenView['groups'] = {};
	for (const idea of newestOf(state, tableId)) {
		wall[idea.id] = {
			text: idea.text,
			colour: idea.colour,
			tableId: state.boards.get(idea.boardId)?.tableId ?? null,
			groupId: idea.groupId,
			language: idea.showsName ? idea.language : null,
			publishedAt: idea.publishedAt ?? idea.createdAt,
			shown: idea.shownAt !== null,
		};
		const group = idea.groupId === null ? undefined : state.groups.get(idea.groupId);
		if (group?.deletedAt !== null) continue;
		groups[group.id] = {
			title: group.title,
			tableId: state.boards.get(group.boardId)?.tableId ?? null,
			position: group.order,
		};
	}
	return { wall, groups };
}

function newestOf(state: WorkshopState, tableId: TableId | null): Idea[] {
	const table = tableId === null ? undefined : state.tables.get(tableId);
	const ideas = table === undefined ? state.ideas.values() : state.ideas.onBoard(table.boardId).values();
	const shown: Idea[] = [];
	for (const idea of ideas) {
		if (idea.state === 'published' && (table !== undefined || idea.reach === 'room')) shown.push(idea);
	}
	return shown.sort((left, right) => (right.publishedAt ?? 0) - (left.publishedAt ?? 0)).slice(0, wallSize);
}
