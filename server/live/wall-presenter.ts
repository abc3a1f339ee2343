import type { IdeaId, TableId } from '#lib/domain/ids.ts';
import type { ScreenView } from '#lib/protocol/live.ts';

import type { Idea, WorkshopState } from './workshop-state.ts';

/** Most notes that a wall gets; it shows a few at a time. */
const wallSize = 240;
/** What was shown last keeps its place, however many wait: it is being read until its page is turned. */
const keptWhileRead = 80;

/**
 * The ideas that reach the room or, for a table's own screen, that are on its board: first those that no screen has shown yet, then the
 * newest. Never with a name.
 */
export function presentWall(state: WorkshopState, tableId: TableId | null): Pick<ScreenView, 'wall' | 'groups'> {
	const wall: ScreenView['wall'] = {};
	const groups: ScreenView['groups'] = {};
	for (const idea of ideasFor(state, tableId)) {
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

function ideasFor(state: WorkshopState, tableId: TableId | null): Idea[] {
	const table = tableId === null ? undefined : state.tables.get(tableId);
	const ideas = table === undefined ? state.ideas.values() : state.ideas.onBoard(table.boardId).values();
	const candidates: Idea[] = [];
	const wanted = wantedOf(state);
	for (const idea of ideas) {
		if (idea.state === 'published' && (table !== undefined || idea.reach === 'room')) candidates.push(idea);
	}
	const rest = candidates.filter(({ id }) => !wanted.has(id)).sort(newestFirst);
	const seen = rest.filter(({ shownAt }) => shownAt !== null);
	const lastShown = seen.toSorted((left, right) => (right.shownAt ?? 0) - (left.shownAt ?? 0)).slice(0, keptWhileRead);
	const kept = new Set(lastShown);
	return [
		...candidates.filter(({ id }) => wanted.has(id)),
		...lastShown,
		...rest.filter(({ shownAt }) => shownAt === null),
		...seen.filter((idea) => !kept.has(idea)),
	].slice(0, wallSize);
}

function newestFirst(left: Idea, right: Idea): number {
	return (right.publishedAt ?? 0) - (left.publishedAt ?? 0);
}

/** What a screen was told to show, or stands in the light, is there whatever its age. */
function wantedOf({ workshop, devices }: WorkshopState): ReadonlySet<IdeaId> {
	const wanted = new Set<IdeaId>();
	if (workshop.floor.spotlight !== null) wanted.add(workshop.floor.spotlight);
	for (const { ideaId, revokedAt } of devices.values()) if (ideaId !== null && revokedAt === null) wanted.add(ideaId);
	return wanted;
}
