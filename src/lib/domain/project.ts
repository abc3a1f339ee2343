import * as z from 'zod';

/** The accompaniment path; `asleep`, `stopped` and `handedOver` can be reached from any stage. */
export const projectStages = [
	'idea',
	'group',
	'exploration',
	'feasibility',
	'setUp',
	'start',
	'running',
	'asleep',
	'stopped',
	'handedOver',
] as const;
export const projectStage = z.enum(projectStages);
export type ProjectStage = z.infer<typeof projectStage>;

/** How somebody takes part: joins the group, helps now and then, or is kept posted. */
export const involvements = ['join', 'help', 'follow'] as const;
export const involvement = z.enum(involvements);
export type Involvement = z.infer<typeof involvement>;

export const maxProjectTitleLength = 120;
