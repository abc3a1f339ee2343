import * as z from 'zod';

import { projectId, roundId, tableId, workshopId } from '#lib/domain/ids.ts';
import { noteColour } from '#lib/domain/idea.ts';
import { language } from '#lib/domain/language.ts';
import { projectStage } from '#lib/domain/project.ts';
import { sheetHeading } from '#lib/domain/sheet.ts';
import { stepKind } from '#lib/domain/step.ts';

import { localizedText } from './localized-text.ts';
import { involvementCounts } from './projects.ts';

/**
 * What one evening brought, to be printed and taken home by those who ran it: its agenda, every published idea by table and group,
 * votes with their turnout, what was decided, the sheets and the projects. Names stand only beside ideas that were written in a
 * step that showed them.
 */

export const reportIdea = z.strictObject({
	text: z.string(),
	language: language.nullable(),
	colour: noteColour,
	/** Null where the step hid names, and where no person wrote it. */
	by: z.string().nullable(),
});
export type ReportIdea = z.infer<typeof reportIdea>;

/** `title` is null for ideas in no group; they come last. */
export const reportGroup = z.strictObject({ title: z.string().nullable(), ideas: z.array(reportIdea) });
export type ReportGroup = z.infer<typeof reportGroup>;

export const reportTable = z.strictObject({
	id: tableId,
	name: z.string(),
	challenge: localizedText.nullable(),
	people: z.int(),
	groups: z.array(reportGroup),
	/** Headings with text, in their order. */
	sheet: z.array(z.strictObject({ heading: sheetHeading, text: z.string() })),
});
export type ReportTable = z.infer<typeof reportTable>;

export const reportRound = z.strictObject({
	id: roundId,
	title: z.string(),
	/** The table that was asked; null for the whole room. */
	tableName: z.string().nullable(),
	dots: z.int(),
	maxPerOption: z.int(),
	turnout: z.strictObject({ voted: z.int(), eligible: z.int() }),
	/** Most dots first; null where too few people voted to show a result. */
	options: z
		.array(z.strictObject({ label: z.string(), dots: z.int(), voters: z.int(), decided: z.boolean() }))
		.nullable(),
	abstentions: z.int(),
	/** The options that were chosen, in words, and why. */
	decision: z.strictObject({ labels: z.array(z.string()), reason: z.string() }).nullable(),
});
export type ReportRound = z.infer<typeof reportRound>;

export const reportProject = z.strictObject({
	id: projectId,
	slug: z.string(),
	title: z.string(),
	summary: z.string(),
	stage: projectStage,
	published: z.boolean(),
	ideas: z.int(),
	tables: z.int(),
	people: involvementCounts,
});
export type ReportProject = z.infer<typeof reportProject>;

export const workshopReport = z.strictObject({
	workshop: z.strictObject({
		id: workshopId,
		code: z.string(),
		title: localizedText,
		startsAt: z.iso.datetime().nullable(),
		place: z.string().nullable(),
		/** Where the data comes from and under which licence, if it isn't the room's own. */
		attribution: z.string().nullable(),
		personalDataUntil: z.iso.date(),
	}),
	edition: z.strictObject({ slug: z.string(), title: localizedText, programmeName: localizedText }),
	writtenAt: z.iso.datetime(),
	counts: z.strictObject({ people: z.int(), tables: z.int(), ideas: z.int(), projects: z.int() }),
	agenda: z.array(z.strictObject({ kind: stepKind, title: localizedText, durationMs: z.int() })),
	tables: z.array(reportTable),
	/** Ideas that belong to no table. */
	plenary: z.array(reportGroup),
	/** Closed rounds, in the order they were opened. */
	rounds: z.array(reportRound),
	projects: z.array(reportProject),
});
export type WorkshopReport = z.infer<typeof workshopReport>;

/** The downloads beside the report. */
export const reportDownloads = ['ideas', 'votes', 'sheets', 'projects', 'members'] as const;
export type ReportDownload = (typeof reportDownloads)[number];
