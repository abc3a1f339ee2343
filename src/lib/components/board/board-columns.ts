import { orderBetween } from '#lib/domain/idea.ts';
import type { CommandId, GroupId, IdeaId } from '#lib/domain/ids.ts';
import { byPlace, type BoardContent, type BoardGroup, type BoardIdea } from '#lib/protocol/board-document.ts';
import type { OutboxEntry } from '#lib/live/outbox-entry.ts';

/** A group with its ideas, or (`group: null`) the ideas that are in none. */
export type BoardColumn = {
	readonly group: BoardGroup | null;
	readonly ideas: readonly BoardIdea[];
	/** A group that only this device knows yet; nothing can be put into it before the server has made it. */
	readonly pending: boolean;
};

/** Where an idea is put: into a group or none, before another idea or at the end. */
export type Place = { readonly groupId: GroupId | null; readonly beforeIdeaId: IdeaId | null };

/** A board as columns: what is in no group first, then the groups in their order. */
export function boardColumns(content: BoardContent, entries: readonly OutboxEntry[]): BoardColumn[] {
	const { ideas, groups, pending } = withEntries(content, entries);
	const columns = new Map<GroupId | null, BoardIdea[]>([[null, []]]);
	for (const group of groups) columns.set(group.id, []);
	// An idea whose group is gone belongs to none.
	for (const idea of ideas) (columns.get(idea.groupId) ?? columns.get(null))?.push(idea);
	const columnOf = (group: BoardGroup | null): BoardColumn => ({
		group,
		ideas: (columns.get(group?.id ?? null) ?? []).sort(byPlace),
		pending: group !== null && pending.has(group.id),
	});
	return [columnOf(null), ...groups.sort(byPlace).map(columnOf)];
}

/** The board with what was arranged here and isn't on it yet, as if it were. */
function withEntries(content: BoardContent, entries: readonly OutboxEntry[]) {
	let ideas: BoardIdea[] = [...content.ideas];
	let groups: BoardGroup[] = [...content.groups];
	const pending = new Set<GroupId>();
	for (const { id, name, payload } of entries) {
		switch (name) {
			case 'idea.move':
				ideas = withMove(ideas, payload.ideaId as IdeaId, {
					groupId: (payload.groupId ?? null) as GroupId | null,
					beforeIdeaId: (payload.beforeIdeaId ?? null) as IdeaId | null,
				});
				break;
			case 'group.create': {
				const group = ghost(id, payload.title, groups);
				const members = new Set<string>(payload.ideaIds);
				groups.push(group);
				pending.add(group.id);
				ideas = ideas.map((idea) => (members.has(idea.id) ? { ...idea, groupId: group.id } : idea));
				break;
			}
			case 'group.rename':
				groups = groups.map((group) => (group.id === payload.groupId ? { ...group, title: payload.title } : group));
				break;
			case 'group.delete':
				groups = groups.filter((group) => group.id !== payload.groupId);
				break;
			default:
				break;
		}
	}
	return { ideas, groups, pending };
}

function ghost(id: CommandId, title: string, groups: readonly BoardGroup[]): BoardGroup {
	const last = Math.max(0, ...groups.map((group) => group.order));
	return { id: id as string as GroupId, title, order: last + 1, colour: 'sun' };
}

function withMove(ideas: readonly BoardIdea[], ideaId: IdeaId, place: Place): BoardIdea[] {
	const neighbours = ideas.filter((idea) => idea.groupId === place.groupId && idea.id !== ideaId).sort(byPlace);
	const found = neighbours.findIndex((idea) => idea.id === place.beforeIdeaId);
	const index = found === -1 ? neighbours.length : found;
	const before = neighbours[index - 1]?.order;
	const order = orderBetween(before, neighbours[index]?.order) ?? before ?? 1;
	return ideas.map((idea) => (idea.id === ideaId ? { ...idea, groupId: place.groupId, order } : idea));
}

/** Where an idea stands now, so that it can be put back there. */
export function placeOf(columns: readonly BoardColumn[], ideaId: IdeaId): Place | null {
	for (const { group, ideas } of columns) {
		const index = ideas.findIndex((idea) => idea.id === ideaId);
		if (index !== -1) return { groupId: group?.id ?? null, beforeIdeaId: ideas[index + 1]?.id ?? null };
	}
	return null;
}
