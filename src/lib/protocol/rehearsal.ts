import * as z from 'zod';

import { errorCodes } from './errors.ts';

/**
 * A rehearsal: synthetic people who take part in a workshop as anybody would, through the same doors and sockets, so that a team
 * can see an evening before it happens. Whoever starts one marks the workshop; clearing removes what they left and the mark.
 */

export const fewestSynthetic = 10;
export const mostSynthetic = 1_500;
export const mostIdeasPerMinute = 10;
export const mostRehearsalMinutes = 120;

export const rehearsalPlan = z.strictObject({
	participants: z.int().min(fewestSynthetic).max(mostSynthetic),
	/** Of one person, while a step lets them write. */
	ideasPerMinute: z.number().min(0.1).max(mostIdeasPerMinute),
	/** Counted from when all are in. */
	minutes: z.number().min(0.1).max(mostRehearsalMinutes),
});
export type RehearsalPlan = z.infer<typeof rehearsalPlan>;

/** `joining`: they come in; `running`: all are in; `counting`: they look for what they wrote; `ended`: they have left. */
export const crowdPhase = z.enum(['joining', 'running', 'counting', 'ended']);
export type CrowdPhase = z.infer<typeof crowdPhase>;

const count = z.int().min(0);
const refusals = z.partialRecord(z.enum(errorCodes), count);

/** What the synthetic people have done and met so far, counted on their side of the wire. */
export const crowdFigures = z.strictObject({
	phase: crowdPhase,
	joined: count,
	connected: count,
	/** Came back after they had lost the connection. */
	returned: count,
	ideas: count,
	votes: count,
	/** Written into project sheets, and saved. */
	sentences: count,
	/** Commands that left, were answered with a yes, and left again because no answer came. */
	sent: count,
	acknowledged: count,
	resent: count,
	/** Commands that were answered with a no, and people who weren't let in, by code. */
	refused: refusals,
	turnedAway: refusals,
	/** From sending to the answer, in milliseconds; null before the first. */
	ackMs: z.strictObject({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() }).nullable(),
	/** Ideas that were acknowledged and can't be found, and those that are there twice; null until somebody has looked. */
	lost: count.nullable(),
	duplicated: count.nullable(),
	/** How late the crowd itself was at worst lately: beyond some 50 ms its own process is what is slow. */
	ownDelayMs: z.number(),
});
export type CrowdFigures = z.infer<typeof crowdFigures>;

export const rehearsalStatus = z.strictObject({
	/** Whether the workshop is marked as a rehearsal. */
	marked: z.boolean(),
	/** People who have joined and ideas that were written: what clearing would remove. */
	used: z.strictObject({ people: count, ideas: count }),
	/** The last crowd of this workshop since the server started. */
	crowd: z
		.strictObject({
			plan: rehearsalPlan,
			startedAt: z.iso.datetime(),
			/** It ended before its time, by a fault of its own. */
			failed: z.boolean(),
			figures: crowdFigures,
		})
		.nullable(),
});
export type RehearsalStatus = z.infer<typeof rehearsalStatus>;
