import * as z from 'zod';

import { ideaId, tableId } from './ids.ts';
import { language } from './language.ts';

export const maxAnnouncementLength = 280;
/** More claps than this at once are somebody leaning on a key. */
export const maxClapsAtOnce = 20;
export const defaultPitchMs = 3 * 60 * 1000;

/** A word to everybody, in the languages it was written in. Times are epoch milliseconds. */
const announcement = z.strictObject({
	text: z.partialRecord(language, z.string()),
	at: z.number(),
});
export type Announcement = z.infer<typeof announcement>;

/** Tables come to the front one after another; applause is counted in all, never by whom. */
const pitches = z.strictObject({
	order: z.array(tableId),
	current: tableId.nullable(),
	applause: z.partialRecord(tableId, z.number()),
});
export type Pitches = z.infer<typeof pitches>;

/**
 * What has the room's attention beside the step: a word to all, one idea in the light, a call to come to the current step, the table
 * that pitches. `pace` says whether tables go through the steps together or each by itself.
 */
export const floor = z.strictObject({
	announcement: announcement.nullable().default(null),
	spotlight: ideaId.nullable().default(null),
	/** When everybody was last called to the current step. */
	gatheredAt: z.number().nullable().default(null),
	pitches: pitches.default({ order: [], current: null, applause: {} }),
	pace: z.enum(['room', 'tables']).default('room'),
});
export type Floor = z.infer<typeof floor>;
