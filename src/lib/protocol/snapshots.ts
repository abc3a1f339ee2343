import * as z from 'zod';

import { dotRule } from '#lib/domain/dot-vote.ts';
import {
	accountId,
	boardId,
	challengeId,
	documentId,
	groupId,
	ideaId,
	optionId,
	projectId,
	roundId,
	snapshotId,
	stepId,
	tableId,
	workshopId,
} from '#lib/domain/ids.ts';
import { noteColour } from '#lib/domain/idea.ts';
import { language } from '#lib/domain/language.ts';

import { localizedText } from './localized-text.ts';

/**
 * What a snapshot of a workshop holds.
 *
 * It holds what stands on the boards and what came of it: ideas that were sent (published, waiting or taken down), groups,
 * votes as counted, projects, the text of the sheets. It never holds a ballot, an author, or the words of ideas that are
 * still with their authors or were withdrawn by them.
 */

const tally = z.strictObject({
	dots: z.record(optionId, z.int()),
	voters: z.record(optionId, z.int()),
	ballots: z.int(),
	abstentions: z.int(),
});

export const snapshotIdea = z.strictObject({
	id: ideaId,
	boardId,
	text: z.string(),
	language: language.nullable(),
	state: z.enum(['inbox', 'published', 'hidden']),
	groupId: groupId.nullable(),
	order: z.number(),
	colour: noteColour,
	hideReason: z.string().nullable(),
});
export type SnapshotIdea = z.infer<typeof snapshotIdea>;

export const snapshotGroup = z.strictObject({
	id: groupId,
	boardId,
	title: z.string(),
	order: z.number(),
	colour: noteColour,
});
export type SnapshotGroup = z.infer<typeof snapshotGroup>;

export const snapshotContent = z.strictObject({
	version: z.literal(1),
	workshop: z.strictObject({ id: workshopId, title: localizedText, currentStepId: stepId.nullable() }),
	tables: z.array(
		z.strictObject({ id: tableId, position: z.int(), name: z.string(), challengeId: challengeId.nullable() }),
	),
	challenges: z.array(z.strictObject({ id: challengeId, question: localizedText })),
	boards: z.array(z.strictObject({ id: boardId, tableId: tableId.nullable() })),
	ideas: z.array(snapshotIdea),
	/** Ideas that were still with their authors: how many, never their words. */
	privateIdeas: z.int(),
	groups: z.array(snapshotGroup),
	rounds: z.array(
		z.strictObject({
			id: roundId,
			position: z.int(),
			title: z.string(),
			tableId: tableId.nullable(),
			rule: dotRule,
			state: z.enum(['open', 'closed']),
			options: z.array(
				z.strictObject({
					id: optionId,
					position: z.int(),
					label: z.string(),
					ideaId: ideaId.nullable(),
					groupId: groupId.nullable(),
				}),
			),
			turnout: z.strictObject({ voted: z.int(), eligible: z.int() }),
			/** Null while the round is open, and where too few people voted to show a result. */
			tally: tally.nullable(),
			published: z.boolean(),
			decision: z.strictObject({ optionIds: z.array(optionId), reason: z.string() }).nullable(),
		}),
	),
	projects: z.array(z.strictObject({ id: projectId, slug: z.string(), title: z.string(), ideaIds: z.array(ideaId) })),
	sheets: z.array(z.strictObject({ documentId, tableId: tableId.nullable(), texts: z.record(z.string(), z.string()) })),
});
export type SnapshotContent = z.infer<typeof snapshotContent>;

export const snapshotReason = z.enum([
	'step-end',
	'vote-close',
	'periodic',
	'on-demand',
	'before-restore',
	'workshop-end',
]);
export type SnapshotReason = z.infer<typeof snapshotReason>;

export const snapshotSummary = z.strictObject({
	id: snapshotId,
	takenAt: z.iso.datetime(),
	reason: snapshotReason,
	note: z.string().nullable(),
	stepId: stepId.nullable(),
	accountId: accountId.nullable(),
	/** Published ideas. */
	ideas: z.int(),
	/** SHA-256 of the content as canonical JSON (RFC 8785), in hex. */
	hash: z.string(),
});
export type SnapshotSummary = z.infer<typeof snapshotSummary>;

/** Newest first. */
export const snapshotList = z.strictObject({ snapshots: z.array(snapshotSummary) });

export const snapshotDetail = z.strictObject({
	snapshot: snapshotSummary,
	/** Whether the content still has the hash that was taken with it. */
	intact: z.boolean(),
	content: snapshotContent,
});
export type SnapshotDetail = z.infer<typeof snapshotDetail>;
