import * as Y from 'yjs';
import * as z from 'zod';

import { groupId, ideaId, tableId, type GroupId, type IdeaId } from '#lib/domain/ids.ts';
import { noteColour } from '#lib/domain/idea.ts';
import { language } from '#lib/domain/language.ts';

/**
 * The board document: what is published on one board, as a Yjs document that only the server writes.
 *
 * Two root maps, `ideas` and `groups`, hold one `Y.Map` per entry, keyed by its id, so that a changed place or colour travels
 * without the words. Whatever isn't public on the board (drafts, inbox, names in a step that hides them) never enters it.
 * The accessors below are the only code that knows this shape.
 */
export const boardIdea = z.object({
	id: ideaId,
	text: z.string(),
	groupId: groupId.nullable(),
	/** Its place among the ideas of its group; ties are broken by id. */
	order: z.number(),
	colour: noteColour,
	tableId: tableId.optional(),
	language: language.optional(),
	/** The author's nickname and the moment of publication (ms since 1970), only where the step shows names. */
	by: z.string().optional(),
	at: z.number().optional(),
});
export type BoardIdea = z.infer<typeof boardIdea>;

export const boardGroup = z.object({ id: groupId, title: z.string(), order: z.number(), colour: noteColour });
export type BoardGroup = z.infer<typeof boardGroup>;

export type BoardContent = { readonly ideas: readonly BoardIdea[]; readonly groups: readonly BoardGroup[] };

export type BoardChange =
	| { readonly kind: 'put-idea'; readonly idea: BoardIdea }
	| { readonly kind: 'remove-idea'; readonly ideaId: IdeaId }
	| { readonly kind: 'put-group'; readonly group: BoardGroup }
	| { readonly kind: 'remove-group'; readonly groupId: GroupId };

type Entry = Y.Map<unknown>;

export function ideasOf(document: Y.Doc): Y.Map<Entry> {
	return document.getMap<Entry>('ideas');
}

export function groupsOf(document: Y.Doc): Y.Map<Entry> {
	return document.getMap<Entry>('groups');
}

/** Writes changes in their order, in one transaction. A change that changes nothing leaves no trace in the document. */
export function applyBoardChanges(document: Y.Doc, changes: readonly BoardChange[]): void {
	document.transact(() => {
		for (const change of changes) applyChange(document, change);
	});
}

function applyChange(document: Y.Doc, change: BoardChange): void {
	switch (change.kind) {
		case 'put-idea': {
			const { id, ...fields } = change.idea;
			putEntry(ideasOf(document), id, fields);
			return;
		}
		case 'put-group': {
			const { id, ...fields } = change.group;
			putEntry(groupsOf(document), id, fields);
			return;
		}
		case 'remove-idea':
			removeEntry(ideasOf(document), change.ideaId);
			return;
		case 'remove-group':
			removeEntry(groupsOf(document), change.groupId);
			return;
	}
}

function putEntry(entries: Y.Map<Entry>, id: string, fields: Readonly<Record<string, unknown>>): void {
	const wanted = Object.entries(fields).filter(([, value]) => value !== undefined);
	const existing = entries.get(id);
	if (existing === undefined) {
		entries.set(id, new Y.Map(wanted));
		return;
	}
	for (const [key, value] of wanted) if (existing.get(key) !== value) existing.set(key, value);
	for (const key of [...existing.keys()]) if (!wanted.some(([name]) => name === key)) existing.delete(key);
}

function removeEntry(entries: Y.Map<Entry>, id: string): void {
	if (entries.has(id)) entries.delete(id);
}

/** The changes that lead from one content to another; used when a board is read anew from its rows. */
export function boardDifference(before: BoardContent, after: BoardContent): BoardChange[] {
	const ideas = new Set(after.ideas.map((idea) => idea.id));
	const groups = new Set(after.groups.map((group) => group.id));
	return [
		...before.ideas
			.filter((idea) => !ideas.has(idea.id))
			.map((idea): BoardChange => ({ kind: 'remove-idea', ideaId: idea.id })),
		...before.groups
			.filter((group) => !groups.has(group.id))
			.map((group): BoardChange => ({ kind: 'remove-group', groupId: group.id })),
		...after.groups.map((group): BoardChange => ({ kind: 'put-group', group })),
		...after.ideas.map((idea): BoardChange => ({ kind: 'put-idea', idea })),
	];
}

/** Reads one entry; `null` if it isn't (or not yet) complete or comes from a newer version of the server. */
export function readIdea(id: string, entry: Entry): BoardIdea | null {
	const parsed = boardIdea.safeParse({ ...entry.toJSON(), id });
	return parsed.success ? parsed.data : null;
}

export function readGroup(id: string, entry: Entry): BoardGroup | null {
	const parsed = boardGroup.safeParse({ ...entry.toJSON(), id });
	return parsed.success ? parsed.data : null;
}

export function readBoard(document: Y.Doc): BoardContent {
	const ideas = [...ideasOf(document)].map(([id, entry]) => readIdea(id, entry)).filter((idea) => idea !== null);
	const groups = [...groupsOf(document)].map(([id, entry]) => readGroup(id, entry)).filter((group) => group !== null);
	return { ideas: ideas.sort(byPlace), groups: groups.sort(byPlace) };
}

/** The order of ideas in a group, and of groups on a board; the same on every screen. */
export function byPlace(a: BoardIdea | BoardGroup, b: BoardIdea | BoardGroup): number {
	return a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
