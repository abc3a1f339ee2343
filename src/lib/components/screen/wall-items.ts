import type { NoteColour } from '#lib/domain/idea.ts';
import type { GroupId, IdeaId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { ScreenView, WallIdea } from '#lib/protocol/live.ts';

/** What stands on the wall: a note, or the heading of a group of them. */
export type WallEntry =
	| {
			readonly kind: 'note';
			readonly key: IdeaId;
			readonly text: string;
			readonly colour: NoteColour;
			readonly language: Language | null;
			/** The table it comes from; empty for the plenary. */
			readonly table: string;
	  }
	| { readonly kind: 'heading'; readonly key: string; readonly title: string };

/** The notes in the order they were published. */
export function notesInOrder(view: ScreenView): WallEntry[] {
	return ideasInOrder(view).map((idea) => noteOf(idea, view));
}

/** The notes under the headings of their groups, table by table; those without a group come last, without a heading. */
export function notesByGroup(view: ScreenView): WallEntry[] {
	const ideas = ideasInOrder(view);
	const groups = (Object.entries(view.groups) as [GroupId, ScreenView['groups'][GroupId]][]).sort(
		([, a], [, b]) => tablePosition(view, a.tableId) - tablePosition(view, b.tableId) || a.position - b.position,
	);
	const entries = groups.flatMap(([id, { title }]): WallEntry[] => {
		const notes = ideas.filter((idea) => idea.groupId === id).map((idea) => noteOf(idea, view));
		return notes.length === 0 ? [] : [{ kind: 'heading', key: `group:${id}`, title }, ...notes];
	});
	const loose = ideas.filter(({ groupId }) => groupId === null || view.groups[groupId] === undefined);
	return [...entries, ...loose.map((idea) => noteOf(idea, view))];
}

type IdeaOnWall = WallIdea & { readonly id: IdeaId };

function ideasInOrder(view: ScreenView): IdeaOnWall[] {
	return (Object.entries(view.wall) as [IdeaId, WallIdea][])
		.map(([id, idea]) => ({ ...idea, id }))
		.sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1));
}

function noteOf({ id, text, colour, language, tableId }: IdeaOnWall, view: ScreenView): WallEntry {
	const table = tableId === null ? undefined : view.tables[tableId];
	return { kind: 'note', key: id, text, colour, language, table: table?.name ?? '' };
}

function tablePosition(view: ScreenView, tableId: WallIdea['tableId']): number {
	return tableId === null ? -1 : (view.tables[tableId]?.position ?? -1);
}
