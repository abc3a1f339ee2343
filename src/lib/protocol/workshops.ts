import * as z from 'zod';

import { challengeId, editionId, programmeId, stepId, tableId, templateId, workshopId } from '#lib/domain/ids.ts';
import { noteColour, singleLine } from '#lib/domain/idea.ts';
import { language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import { maxStepDurationMs, stepKind, stepRules } from '#lib/domain/step.ts';
import { methodKeys } from '#lib/domain/templates/workshop-templates.ts';

import { localizedText } from './localized-text.ts';

/**
 * Preparing a workshop by REST. Every change is answered with the whole plan as it then stands, so that a page shows what is
 * saved and nothing else. Times are ISO 8601, days `2026-07-31`.
 */

export const maxWorkshopTitleLength = 120;
export const maxStepTitleLength = 60;
export const maxPromptLength = 600;
export const maxChallengeLength = 400;
export const maxTableNameLength = 40;
export const maxPlaceLength = 120;
export const maxTables = 200;
export const maxTableCapacity = 2000;
export const maxSteps = 60;

/** A text in the languages somebody wrote it in; those left blank are left out. */
export function blankableText(maxLength: number) {
	return z
		.partialRecord(language, z.string().trim().max(maxLength, { error: 'text.tooLong' }))
		.transform((text): LocalizedText => Object.fromEntries(Object.entries(text).filter(([, words]) => words !== '')));
}

/** A text in one language at least. */
export function writtenText(maxLength: number) {
	return blankableText(maxLength).refine((text) => Object.keys(text).length > 0, { error: 'text.empty' });
}

const workshopTitle = writtenText(maxWorkshopTitleLength);
const phase = z.enum(['preparing', 'live', 'ended']);

/** What a workshop is made from: a method of ours, nothing, or a template that the team has saved. */
export const templateChoice = z.union([z.enum([...methodKeys, 'empty']), templateId]);
export type TemplateChoice = z.infer<typeof templateChoice>;

export const newWorkshop = z.strictObject({
	editionId,
	template: templateChoice,
	title: workshopTitle,
	startsAt: z.iso.datetime().nullable(),
	place: singleLine(maxPlaceLength).nullable(),
	tables: z.int().min(0).max(maxTables),
});
export type NewWorkshop = z.input<typeof newWorkshop>;

export const workshopChange = z.strictObject({
	title: workshopTitle.optional(),
	startsAt: z.iso.datetime().nullable().optional(),
	place: singleLine(maxPlaceLength).nullable().optional(),
	personalDataUntil: z.iso.date().optional(),
});
export type WorkshopChange = z.input<typeof workshopChange>;

export const madeWorkshop = z.strictObject({ id: workshopId });
export type MadeWorkshop = z.infer<typeof madeWorkshop>;

export const newStep = z.strictObject({
	kind: stepKind,
	title: writtenText(maxStepTitleLength),
	durationMs: z.int().min(0).max(maxStepDurationMs),
});
export type NewStep = z.input<typeof newStep>;

export const stepChange = z.strictObject({
	kind: stepKind.optional(),
	title: writtenText(maxStepTitleLength).optional(),
	prompt: blankableText(maxPromptLength).optional(),
	durationMs: z.int().min(0).max(maxStepDurationMs).optional(),
	rules: stepRules.optional(),
});
export type StepChange = z.input<typeof stepChange>;

/** All ids of the list, in the wanted order. */
export const stepOrder = z.strictObject({ stepIds: z.array(stepId).max(maxSteps) });
export const tableOrder = z.strictObject({ tableIds: z.array(tableId).max(maxTables) });

export const challengeContent = z.strictObject({ question: writtenText(maxChallengeLength) });
export type ChallengeContent = z.input<typeof challengeContent>;

export const newTables = z.strictObject({ count: z.int().min(1).max(maxTables) });

export const tableChange = z.strictObject({
	name: singleLine(maxTableNameLength).optional(),
	challengeId: challengeId.nullable().optional(),
	capacity: z.int().min(1).max(maxTableCapacity).optional(),
	/** Whoever sits there takes part from home. */
	atHome: z.boolean().optional(),
});
export type TableChange = z.input<typeof tableChange>;

/** A step without its place in a workshop: what templates are made of. */
export const stepContent = z.strictObject({
	kind: stepKind,
	title: localizedText,
	prompt: localizedText,
	durationMs: z.int(),
	rules: stepRules,
});
export type StepContent = z.infer<typeof stepContent>;

export const stepPlan = stepContent.extend({
	id: stepId,
	/** The room or a table is in it, or ideas were written in it: an import leaves it alone. */
	used: z.boolean(),
});
export type StepPlan = z.infer<typeof stepPlan>;

export const challengePlan = z.strictObject({ id: challengeId, question: localizedText });
export type ChallengePlan = z.infer<typeof challengePlan>;

export const tablePlan = z.strictObject({
	id: tableId,
	name: z.string(),
	colour: noteColour,
	challengeId: challengeId.nullable(),
	capacity: z.int(),
	atHome: z.boolean(),
	people: z.int(),
	ideas: z.int(),
});
export type TablePlan = z.infer<typeof tablePlan>;

/** Everything that is prepared of a workshop. Lists stand in their order. */
export const workshopPlan = z.strictObject({
	id: workshopId,
	code: z.string(),
	title: localizedText,
	phase,
	startsAt: z.iso.datetime().nullable(),
	place: z.string().nullable(),
	personalDataUntil: z.iso.date(),
	attribution: z.string().nullable(),
	edition: z.strictObject({ id: editionId, programmeId, slug: z.string(), title: localizedText }),
	currentStepId: stepId.nullable(),
	steps: z.array(stepPlan),
	/** All of the edition, so that they can be laid on tables. */
	challenges: z.array(challengePlan),
	tables: z.array(tablePlan),
	/** What there is already of people and their ideas (imported ones aside). */
	used: z.strictObject({ people: z.int(), ideas: z.int() }),
	/** Addresses under which people of this network may reach the board, the usual one first. */
	addresses: z.array(z.string()),
});
export type WorkshopPlan = z.infer<typeof workshopPlan>;

export const workshopSummary = z.strictObject({
	id: workshopId,
	code: z.string(),
	title: localizedText,
	phase,
	startsAt: z.iso.datetime().nullable(),
	place: z.string().nullable(),
	attribution: z.string().nullable(),
	tables: z.int(),
	people: z.int(),
	ideas: z.int(),
	projects: z.int(),
});
export type WorkshopSummary = z.infer<typeof workshopSummary>;
