import type { SnapshotContent } from '#lib/protocol/snapshots.ts';
import type { Change } from '#server/live/change.ts';
import type { Group, Idea, WorkshopState } from '#server/live/workshop-state.ts';

/**
 * What puts the boards back to where they stood in a snapshot. It is a change like any other, and nothing is deleted:
 *
 * - an idea of the snapshot gets its words, state, group, place and colour back, unless its author has withdrawn it since;
 * - an idea that was not on the boards then and is now, is taken down with a reason;
 * - ideas that only their authors or the inbox know stay as they are;
 * - a group of the snapshot comes back, one made since goes;
 * - votes, projects and people are left alone.
 */
export function restoreChanges(
	state: Readonly<WorkshopState>,
	content: SnapshotContent,
	{ now, hideReason }: { readonly now: number; readonly hideReason: string },
): Change[] {
	return [...restoreGroups(state, content, now), ...restoreIdeas(state, content, hideReason)];
}

function restoreGroups(state: Readonly<WorkshopState>, content: SnapshotContent, now: number): Change[] {
	const then = new Map(content.groups.map((group) => [group.id, group]));
	const changes: Change[] = [];
	for (const group of state.groups.values()) {
		const was = then.get(group.id);
		if (was === undefined) {
			if (group.deletedAt === null) changes.push(putGroup({ ...group, deletedAt: now }));
		} else {
			const restored: Group = { ...group, title: was.title, order: was.order, colour: was.colour, deletedAt: null };
			if (differs(group, restored)) changes.push(putGroup(restored));
		}
	}
	return changes;
}

function restoreIdeas(state: Readonly<WorkshopState>, content: SnapshotContent, hideReason: string): Change[] {
	const then = new Map(content.ideas.map((idea) => [idea.id, idea]));
	const changes: Change[] = [];
	for (const idea of state.ideas.values()) {
		const was = then.get(idea.id);
		if (idea.state === 'withdrawn' || idea.state === 'private') continue;
		if (was === undefined) {
			if (idea.state === 'published') changes.push(putIdea({ ...idea, state: 'hidden', hideReason }));
			continue;
		}
		const { text, state: stateThen, groupId, order, colour, hideReason: reasonThen } = was;
		const restored: Idea = { ...idea, text, state: stateThen, groupId, order, colour, hideReason: reasonThen };
		if (differs(idea, restored)) changes.push(putIdea(restored));
	}
	return changes;
}

/** The sheets whose text is no longer what the snapshot holds. */
export function sheetsToRestore(now: SnapshotContent, then: SnapshotContent): SnapshotContent['sheets'] {
	const current = new Map(now.sheets.map((sheet) => [sheet.documentId, sheet.texts]));
	return then.sheets.filter((sheet) => {
		const texts = current.get(sheet.documentId);
		return texts !== undefined && Object.entries(sheet.texts).some(([heading, text]) => texts[heading] !== text);
	});
}

function differs<Row extends object>(row: Row, restored: Row): boolean {
	return (Object.keys(restored) as (keyof Row)[]).some((key) => row[key] !== restored[key]);
}

function putGroup(row: Group): Change {
	return { type: 'put', entity: 'group', row };
}

function putIdea(row: Idea): Change {
	return { type: 'put', entity: 'idea', row };
}
