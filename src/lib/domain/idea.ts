import * as z from 'zod';

export const maxIdeaLength = 280;
export const maxGroupTitleLength = 80;
export const maxIdeasPerPersonAndWorkshop = 200;
export const maxIdeasPerBoard = 5_000;

/** What is typed into a one-line field: no control characters, no lone surrogates, not blank, trimmed, inner space folded. */
export function singleLine(maxLength: number) {
	return z
		.string()
		.max(maxLength * 4)
		.refine((text) => text.isWellFormed(), { error: 'text.malformed' })
		.transform((text) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim())
		.refine((text) => text.length > 0, { error: 'text.empty' })
		.refine((text) => text.length <= maxLength, { error: 'text.tooLong' });
}

export const ideaText = singleLine(maxIdeaLength);
export const groupTitle = singleLine(maxGroupTitleLength);

/**
 * Where an idea stands.
 * `private` and `inbox` are known to their author (and, for the inbox, to facilitators); only `published` ideas are on a board;
 * `hidden` was taken down by a facilitator, `withdrawn` by its author, `merged` stands in another idea's words now.
 * No state deletes anything.
 */
export const ideaStates = ['private', 'inbox', 'published', 'hidden', 'withdrawn', 'merged'] as const;
export const ideaState = z.enum(ideaStates);
export type IdeaState = z.infer<typeof ideaState>;

/** How far a published idea reaches: the table on whose board it is, or the room and its screens too. */
export const ideaReach = z.enum(['table', 'room']);
export type IdeaReach = z.infer<typeof ideaReach>;

/** Made by the author's device where names are not recorded; whoever holds it may change the idea. */
export const ideaKey = z.string().regex(/^[0-9a-f]{32}$/);

export const noteColours = ['sun', 'coral', 'rose', 'sky', 'mint', 'lilac'] as const;
export const noteColour = z.enum(noteColours);
export type NoteColour = z.infer<typeof noteColour>;

/** Tables take the six note colours in turn, so that the wall shows where an idea comes from. `position` counts from 0. */
export function colourOfTable(position: number): NoteColour {
	return noteColours[position % noteColours.length] ?? 'sun';
}

/**
 * A place between two neighbours on an ordered list, as a number; rows keep it as double precision.
 * After some fifty moves into the same gap the numbers run out: then the caller renumbers (`null`).
 */
export function orderBetween(before: number | undefined, after: number | undefined): number | null {
	if (before === undefined && after === undefined) return 1;
	if (before === undefined) return (after ?? 0) - 1;
	if (after === undefined) return before + 1;
	const middle = (before + after) / 2;
	return middle > before && middle < after ? middle : null;
}
