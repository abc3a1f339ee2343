import * as z from 'zod';

import { templateId } from '#lib/domain/ids.ts';
import { singleLine } from '#lib/domain/idea.ts';

import { stepContent } from './workshops.ts';

/** Agendas that a team has saved to begin other workshops with: steps and their rules, without tables and people. */

export const maxTemplateNameLength = 80;
/** Of one programme. */
export const maxTemplates = 100;

export const templateName = z.strictObject({ name: singleLine(maxTemplateNameLength) });
export type TemplateName = z.input<typeof templateName>;

export const stepTemplate = z.strictObject({
	id: templateId,
	name: z.string(),
	steps: z.array(stepContent),
	/** Who saved it last; nothing once that account is gone. */
	savedBy: z.string().nullable(),
	savedAt: z.iso.datetime(),
});
export type StepTemplate = z.infer<typeof stepTemplate>;

/** By name. */
export const stepTemplateList = z.strictObject({ templates: z.array(stepTemplate) });
