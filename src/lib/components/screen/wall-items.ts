import type { NoteColour } from '#lib/domain/idea.ts';
import type { GroupId, IdeaId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { ScreenView, WallIdea } from '#lib/protocol/live.ts';

/** What stands on the wall: a note, or the heading of a group of them. */
export type WallEntry = WallNote | WallHeading;

export type WallNote = {
	readonly kind: 'note';
	readonly key: IdeaId;
	readonly text: string;
	readonly colour: NoteColour;
	readonly language: Language | null;
	/** The table it comes from; empty for the plenary, and on a table's own screen. */
	readonly table: string;
	/** It has been before the eyes of the room, here or on another screen. */
	readonly shown: boolean;
	/** The heading it stands under, where groups are shown. */
	readonly under?: string;
};

export type WallHeading = {
	readonly kind: 'heading';
	readonly key: string;
	readonly title: string;
	readonly table: string;
	readonly notes: number;
};

/** The notes in the order they were published. */
export function notesInOrder(view: ScreenView): WallNote[] {
	return ideasInOrder(view).map((idea) => noteOf(idea, view));
}

/**
 * The notes under the headings of their groups, table by table; those without a group come last.
 * @param looseTitle the heading of what has no group
 */
export function notesByGroup(view: ScreenView, looseTitle: string): WallEntry[] {
	const ideas = ideasInOrder(view);
	const groups = (Object.entries(view.groups) as [GroupId, ScreenView['groups'][GroupId]][]).sort(
		([, a], [, b]) => tablePosition(view, a.tableId) - tablePosition(view, b.tableId) || a.position - b.position,
	);
	const loose = ideas.filter(({ groupId }) => groupId === null || view.groups[groupId] === undefined);
	return [
		...groups.flatMap(([id, { title, tableId }]) => {
			const notes = ideas.filter((idea) => idea.groupId === id);
			return headed({ key: `group:${id}`, title, table: tableName(view, tableId) }, notes, view);
		}),
		...headed({ key: 'group:', title: looseTitle, table: '' }, loose, view),
	];
}

type IdeaOnWall = WallIdea & { readonly id: IdeaId };

function headed(
	heading: Pick<WallHeading, 'key' | 'title' | 'table'>,
	ideas: readonly IdeaOnWall[],
	view: ScreenView,
): WallEntry[] {
	if (ideas.length === 0) return [];
	// Within a group of one table, the table is named in the heading.
	const notes = ideas.map((idea): WallNote => {
		const note = noteOf(idea, view);
		return { ...note, table: note.table === heading.table ? '' : note.table, under: heading.key };
	});
	return [{ kind: 'heading', ...heading, notes: notes.length }, ...notes];
}

function ideasInOrder(view: ScreenView): IdeaOnWall[] {
	return (Object.entries(view.wall) as [IdeaId, WallIdea][])
		.map(([id, idea]) => ({ ...idea, id }))
		.sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1));
}

function noteOf({ id, text, colour, language, tableId, shown }: IdeaOnWall, view: ScreenView): WallNote {
	return { kind: 'note', key: id, text, colour, language, shown, table: tableName(view, tableId) };
}

function tableName(view: ScreenView, tableId: WallIdea['tableId']): string {
	return tableId === null || tableId === view.tableId ? '' : (view.tables[tableId]?.name ?? '');
}

function tablePosition(view: ScreenView, tableId: WallIdea['tableId']): number {
	return tableId === null ? -1 : (view.tables[tableId]?.position ?? -1);
}
