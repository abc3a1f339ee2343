import * as z from 'zod';

import { editionId, projectId } from '#lib/domain/ids.ts';
import { noteColour, singleLine } from '#lib/domain/idea.ts';
import { language } from '#lib/domain/language.ts';
import { involvement, projectStage } from '#lib/domain/project.ts';
import { sheetHeading } from '#lib/domain/sheet.ts';

import { localizedText } from './localized-text.ts';

/**
 * What the public reads of a project, and how people sign up to it.
 *
 * A project's page shows every note it grew out of, without names, for as long as the note is published on its board. What is
 * hidden or withdrawn later leaves the page, and only its number stays. Votes are shown as they were counted when the project
 * was founded, and only those whose result is public.
 */

/** People who signed up and did not withdraw. */
export const involvementCounts = z.strictObject({ join: z.int(), help: z.int(), follow: z.int() });
export type InvolvementCounts = z.infer<typeof involvementCounts>;

const editionInBrief = z.strictObject({ slug: z.string(), title: localizedText, programmeName: localizedText });

export const projectListItem = z.strictObject({
	slug: z.string(),
	title: z.string(),
	summary: z.string(),
	challenge: localizedText.nullable(),
	stage: projectStage,
	foundedAt: z.iso.datetime(),
	/** Notes it grew out of, and the tables they come from. */
	ideas: z.int(),
	tables: z.int(),
	/** Of the notes that are still published, in their order. */
	colours: z.array(noteColour),
	people: involvementCounts,
});
export type ProjectListItem = z.infer<typeof projectListItem>;

/** Newest first. */
export const projectList = z.strictObject({ edition: editionInBrief, projects: z.array(projectListItem) });
export type ProjectList = z.infer<typeof projectList>;

/** Dots that a note, or the group it was in, had when the project was founded. */
export const originVote = z.strictObject({
	roundTitle: z.string(),
	on: z.enum(['idea', 'group']),
	dots: z.int(),
	ballots: z.int(),
});
export type OriginVote = z.infer<typeof originVote>;

/** One note as it stood when the project was founded. */
export const originIdea = z.strictObject({
	text: z.string(),
	language: language.nullable(),
	colour: noteColour,
	votes: z.array(originVote),
});
export type OriginIdea = z.infer<typeof originIdea>;

/** The notes of one group, or of none (`title: null`), at one table. */
export const originGroup = z.strictObject({
	title: z.string().nullable(),
	/** Votes the group as a whole took part in. */
	votes: z.array(originVote),
	ideas: z.array(originIdea),
});
export type OriginGroup = z.infer<typeof originGroup>;

/** What a table (or the plenary: `name: null`) gave to the project. */
export const originTable = z.strictObject({ name: z.string().nullable(), groups: z.array(originGroup) });
export type OriginTable = z.infer<typeof originTable>;

export const projectPage = z.strictObject({
	slug: z.string(),
	title: z.string(),
	summary: z.string(),
	challenge: localizedText.nullable(),
	stage: projectStage,
	foundedAt: z.iso.datetime(),
	edition: editionInBrief,
	workshop: z
		.strictObject({
			title: localizedText,
			startsAt: z.iso.datetime().nullable(),
			place: z.string().nullable(),
			/** Where the data comes from and under which licence, if it isn't the room's own. */
			attribution: z.string().nullable(),
		})
		.nullable(),
	/** Headings with text, in their order. */
	sheet: z.array(z.strictObject({ heading: sheetHeading, text: z.string() })),
	origins: z.strictObject({
		/** Notes and tables at the founding. */
		ideas: z.int(),
		tables: z.int(),
		/** Notes that are no longer on their board and therefore not shown. */
		noLongerShown: z.int(),
		from: z.array(originTable),
	}),
	people: involvementCounts,
	signUp: z.strictObject({
		open: z.boolean(),
		/** The calendar day on which addresses are deleted. */
		keptUntil: z.iso.date().nullable(),
	}),
});
export type ProjectPage = z.infer<typeof projectPage>;

export const maxMemberName = 80;
export const maxMemberMessage = 1000;

/** Text of several lines: as it was typed, without control characters other than line breaks, trimmed. */
function paragraph(maxLength: number) {
	return z
		.string()
		.max(maxLength * 4, { error: 'text.tooLong' })
		.refine((text) => text.isWellFormed(), { error: 'text.malformed' })
		.transform((text) =>
			text
				.replace(/\r\n?/g, '\n')
				.replace(/[^\P{Cc}\n]+/gu, ' ')
				.trim(),
		)
		.refine((text) => text.length <= maxLength, { error: 'text.tooLong' });
}

export const memberEmail = z
	.string()
	.trim()
	.toLowerCase()
	.pipe(z.email({ error: 'project.emailInvalid' }).max(254, { error: 'project.emailInvalid' }));

/** Somebody signs up. Signing up again with the same address replaces what was said before. */
export const signUp = z.strictObject({
	involvement,
	name: singleLine(maxMemberName),
	email: memberEmail,
	message: paragraph(maxMemberMessage).default(''),
	/** That name and address are kept and shown to the project's team. */
	consent: z.literal(true, { error: 'project.consentMissing' }),
});
export type SignUp = z.input<typeof signUp>;

/** The answer to every sign-up, whether or not the address was known: what one's entry is changed or withdrawn with. */
export const signUpReceipt = z.strictObject({ token: z.string() });

export const memberToken = z.string().regex(/^[\w-]{43}$/, { error: 'project.linkInvalid' });

export const tokenRequest = z.strictObject({ token: memberToken });

export const membershipChange = z.strictObject({
	token: memberToken,
	involvement,
	message: paragraph(maxMemberMessage).optional(),
});

/** One's own entry. Name and address are not in it: the link may have been passed on. */
export const membership = z.strictObject({
	project: z.strictObject({ slug: z.string(), title: z.string(), editionSlug: z.string() }),
	involvement,
	since: z.iso.datetime(),
	keptUntil: z.iso.date().nullable(),
});
export type Membership = z.infer<typeof membership>;

/** For the project's facilitators only. */
export const memberList = z.strictObject({
	project: z.strictObject({
		id: projectId,
		slug: z.string(),
		title: z.string(),
		stage: projectStage,
		published: z.boolean(),
		editionId,
		editionSlug: z.string(),
	}),
	members: z.array(
		z.strictObject({
			involvement,
			name: z.string(),
			email: z.string(),
			message: z.string(),
			language,
			since: z.iso.datetime(),
		}),
	),
});
export type MemberList = z.infer<typeof memberList>;

/** What a facilitator may change of a project; what is left out stays. */
export const projectChange = z.strictObject({
	stage: projectStage.optional(),
	published: z.boolean().optional(),
	summary: paragraph(maxMemberMessage).optional(),
});
