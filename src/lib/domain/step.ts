import * as z from 'zod';

import { screenLayout } from './screen-layout.ts';
import { unreachable } from './unreachable.ts';

/** What a step is for; the screen and the phone choose their layout by it. */
export const stepKinds = [
	'welcome',
	'collect',
	'group',
	'discuss',
	'choose',
	'vote',
	'results',
	'sheet',
	'pitch',
	'found',
	'break',
	'feedback',
	'closing',
] as const;
export const stepKind = z.enum(stepKinds);
export type StepKind = z.infer<typeof stepKind>;

/** Who of the room: nobody, the tables' shared devices, people (by phone or seat code), or both. */
export const roomRoles = ['nobody', 'tables', 'people', 'everybody'] as const;
export const roomRole = z.enum(roomRoles);
export type RoomRole = z.infer<typeof roomRole>;

/**
 * What people may do while a step runs.
 *
 * - `add`: who may write ideas. `edit`: whether authors may change and take back their own, or a table also each other's.
 * - `see`: how far what is published reaches: the own table, or the room with its screens too.
 * - `arrange`: who may group and move the ideas of the board they sit at.
 * - `vote`: rounds that are open may be voted in; only people vote.
 * - `sheet`: who may write the table's project sheet.
 * - `names`: whether nicknames travel with ideas. Hidden names are recorded, but sent to nobody; `unrecorded` ones are not kept
 *   at all, and only a key on the author's device opens the idea again.
 * - `intake`: `direct` publishes at once, `inbox` waits for a facilitator, `private` stays with its author until it is revealed.
 * - `board`: where people at a table write: on its board, on the plenary's, or as they choose.
 * - `screen`: what projectors show that follow the evening (`auto`: what fits the kind).
 */
export const stepRules = z.strictObject({
	add: roomRole,
	edit: z.enum(['nobody', 'authors', 'table']),
	see: z.enum(['table', 'room']),
	arrange: roomRole,
	vote: z.boolean(),
	sheet: roomRole,
	names: z.enum(['shown', 'hidden', 'unrecorded']),
	intake: z.enum(['direct', 'inbox', 'private']),
	board: z.enum(['table', 'plenary', 'both']),
	screen: screenLayout,
});
export type StepRules = z.infer<typeof stepRules>;

export const maxStepDurationMs = 8 * 60 * 60 * 1000;

const closed: StepRules = {
	add: 'nobody',
	edit: 'nobody',
	see: 'room',
	arrange: 'nobody',
	vote: false,
	sheet: 'nobody',
	names: 'shown',
	intake: 'direct',
	board: 'table',
	screen: 'auto',
};

/** The rules a new step of this kind starts with; each can be changed afterwards. */
export function defaultRules(kind: StepKind): StepRules {
	switch (kind) {
		case 'collect':
			return { ...closed, add: 'everybody', edit: 'authors' };
		case 'group':
			return { ...closed, add: 'everybody', edit: 'authors', arrange: 'everybody' };
		case 'discuss':
			return { ...closed, edit: 'authors', arrange: 'everybody' };
		case 'choose':
			return { ...closed, arrange: 'everybody', vote: true };
		case 'vote':
			return { ...closed, vote: true };
		case 'sheet':
			return { ...closed, sheet: 'everybody' };
		case 'feedback':
			return { ...closed, add: 'people', edit: 'authors', names: 'unrecorded', intake: 'inbox', board: 'plenary' };
		case 'pitch':
		case 'found':
		case 'welcome':
		case 'results':
		case 'break':
		case 'closing':
			return closed;
		default:
			return unreachable(kind);
	}
}
