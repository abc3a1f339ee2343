import * as z from 'zod';

import { unreachable } from './unreachable.ts';

/** What a step is for; the screen and the phone choose their layout by it. */
export const stepKinds = [
	'welcome',
	'collect',
	'group',
	'vote',
	'results',
	'sheet',
	'pitch',
	'found',
	'closing',
] as const;
export const stepKind = z.enum(stepKinds);
export type StepKind = z.infer<typeof stepKind>;

/**
 * What people may do while a step runs.
 *
 * - `add`, `edit`: people and tables may write ideas, and change or withdraw their own.
 * - `arrange`: who may group and move ideas: nobody, a table on its own board (its device and its people).
 * - `vote`: rounds that are open may be voted in.
 * - `sheet`: the table's project sheet may be written.
 * - `names`: whether nicknames travel with ideas. Hidden names are recorded, but sent to nobody.
 * - `intake`: `direct` publishes at once, `inbox` waits for a facilitator, `private` stays with its author until the step is left.
 */
export const stepRules = z.strictObject({
	add: z.boolean(),
	edit: z.boolean(),
	arrange: z.enum(['nobody', 'table']),
	vote: z.boolean(),
	sheet: z.boolean(),
	names: z.enum(['shown', 'hidden']),
	intake: z.enum(['direct', 'inbox', 'private']),
});
export type StepRules = z.infer<typeof stepRules>;

export const maxStepDurationMs = 8 * 60 * 60 * 1000;

const closed: StepRules = {
	add: false,
	edit: false,
	arrange: 'nobody',
	vote: false,
	sheet: false,
	names: 'shown',
	intake: 'direct',
};

/** The rules a new step of this kind starts with; each can be changed afterwards. */
export function defaultRules(kind: StepKind): StepRules {
	switch (kind) {
		case 'collect':
			return { ...closed, add: true, edit: true };
		case 'group':
			return { ...closed, add: true, edit: true, arrange: 'table' };
		case 'vote':
			return { ...closed, vote: true };
		case 'sheet':
			return { ...closed, sheet: true };
		case 'pitch':
		case 'found':
		case 'welcome':
		case 'results':
		case 'closing':
			return closed;
		default:
			return unreachable(kind);
	}
}
