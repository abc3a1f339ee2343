import * as z from 'zod';

import { participantId, tableId, workshopId } from '#lib/domain/ids.ts';
import { noteColour, singleLine } from '#lib/domain/idea.ts';
import { language } from '#lib/domain/language.ts';

import { localizedText } from './localized-text.ts';

/** What travels before somebody is in: looking at the door, and going through it. */

/** Eight digits; blanks and hyphens that people type between them don't matter. */
export const joinCode = z
	.string()
	.max(40)
	.transform((text) => text.replace(/[\s.-]/g, ''))
	.refine((text) => /^[0-9]{8}$/.test(text), { error: 'join.codeUnknown' });

export const nickname = singleLine(40);

export const joinRequest = z.strictObject({
	code: joinCode,
	nickname: nickname.nullish(),
	language: language.optional(),
	tableId: tableId.nullish(),
	/** Takes part from home; left out, it stays as it was. */
	atHome: z.boolean().optional(),
});

export const joined = z.object({ workshopId, participantId });
export type Joined = z.infer<typeof joined>;

/** A workshop as it shows itself at the door, to anybody who has the code. */
export const workshopAtTheDoor = z.object({
	id: workshopId,
	code: z.string(),
	title: localizedText,
	edition: z.object({ slug: z.string(), title: localizedText }),
	phase: z.enum(['preparing', 'live', 'ended']),
	doorOpen: z.boolean(),
	/** ISO 8601. */
	startsAt: z.iso.datetime().nullable(),
	place: z.string().nullable(),
	/** What to speak to somebody whose browser says nothing. */
	defaultLanguage: language,
	languages: z.array(language),
	/** In their order; empty where there are no tables to choose. */
	tables: z.array(
		z.object({
			id: tableId,
			name: z.string(),
			colour: noteColour,
			challenge: localizedText.nullable(),
			capacity: z.int(),
			free: z.int(),
			/** Its people take part from home. */
			atHome: z.boolean(),
		}),
	),
	privacy: z.object({
		/** Names and traces of people are deleted on this day (`2026-07-31`). */
		personalDataUntil: z.iso.date(),
		/** Where shown data comes from, if it isn't the room's own. */
		attribution: z.string().nullable(),
	}),
	/** Who this browser is in the workshop already. */
	you: z
		.object({
			participantId,
			nickname: z.string().nullable(),
			tableId: tableId.nullable(),
			blocked: z.boolean(),
			atHome: z.boolean(),
		})
		.nullable(),
});
export type WorkshopAtTheDoor = z.infer<typeof workshopAtTheDoor>;
