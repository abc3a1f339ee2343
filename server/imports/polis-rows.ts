import * as z from 'zod';

import { ideaText, singleLine, type IdeaState } from '#lib/domain/idea.ts';

/**
 * The rows of a Polis export, as https://compdemocracy.org/export documents them. Only the columns that are read stand here.
 *
 * Published votes are 1 for agree, -1 for disagree and 0 for pass. Ids are taken as they are: numbers in every export known,
 * but nothing here counts with them.
 */

const polisId = singleLine(64);

/** Epoch milliseconds that Postgres and JavaScript both know as a date. */
const timestamp = z
	.string()
	.trim()
	.regex(/^-?\d{1,13}$/)
	.transform((text) => new Date(Number(text)));

/** Text in another encoding arrives with replacement characters where its letters were; it is refused, not kept damaged. */
const undamaged = z.string().refine((text) => !text.includes('\uFFFD'), { error: 'text.malformed' });

const stateOfModeration = { '1': 'published', '-1': 'hidden', '0': 'inbox' } as const satisfies Record<
	string,
	IdeaState
>;
const valueOfVote = { '1': 1, '-1': -1, '0': 0 } as const;

export const polisComment = z
	.object({
		timestamp,
		'comment-id': polisId,
		moderated: z
			.string()
			.trim()
			.pipe(z.enum(['1', '-1', '0'])),
		'comment-body': undamaged.pipe(ideaText),
	})
	.transform((row) => ({
		id: row['comment-id'],
		text: row['comment-body'],
		state: stateOfModeration[row.moderated],
		writtenAt: row.timestamp,
	}));
export type PolisComment = z.output<typeof polisComment>;

export const polisVote = z
	.object({
		timestamp,
		'comment-id': polisId,
		'voter-id': polisId,
		vote: z
			.string()
			.trim()
			.pipe(z.enum(['1', '-1', '0'])),
	})
	.transform((row) => ({
		commentId: row['comment-id'],
		voterId: row['voter-id'],
		value: valueOfVote[row.vote],
		votedAt: row.timestamp,
	}));
export type PolisVote = z.output<typeof polisVote>;

export const polisParticipant = z
	.object({ participant: polisId, 'group-id': z.string().trim().max(64) })
	.transform((row) => ({ id: row.participant, group: row['group-id'] === '' ? null : row['group-id'] }));
export type PolisParticipant = z.output<typeof polisParticipant>;

/** The columns without which a file isn't the one it is named for. */
export const polisColumns = {
	comments: ['timestamp', 'comment-id', 'moderated', 'comment-body'],
	votes: ['timestamp', 'comment-id', 'voter-id', 'vote'],
	participants: ['participant', 'group-id'],
} as const;
