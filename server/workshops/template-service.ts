import * as z from 'zod';

import type { AccountId, EditionId, ProgrammeId, TemplateId, WorkshopId } from '#lib/domain/ids.ts';
import { workshopTemplates } from '#lib/domain/templates/workshop-templates.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { maxTemplates, type StepTemplate } from '#lib/protocol/step-templates.ts';
import { stepContent, type StepContent, type TemplateChoice } from '#lib/protocol/workshops.ts';
import type { Clock } from '#server/clock.ts';
import type { Database, Sql } from '#server/db/client.ts';

import { selectSteps } from './step-queries.ts';
import {
	deleteTemplate,
	findTemplateForEdition,
	insertTemplate,
	lockTemplates,
	selectTemplates,
	updateTemplateName,
	updateTemplateSteps,
	type SavedSteps,
	type TemplateRow,
} from './template-queries.ts';
import { findEditionOfWorkshop } from './workshop-queries.ts';

/** Templates of a programme: agendas its team has saved. What is stored is parsed whenever it is read. */

const storedSteps = z.array(stepContent);

type Library = { readonly database: Database; readonly clock: Clock };

export async function listTemplates(sql: Sql, programmeId: ProgrammeId): Promise<StepTemplate[]> {
	const rows = await selectTemplates(sql, programmeId);
	return rows.map(({ savedAt, steps, ...row }) => ({
		...row,
		steps: storedSteps.parse(steps),
		savedAt: savedAt.toISOString(),
	}));
}

/** Saves the steps of a workshop under a new name. @throws AppError `workshop.unknown`, `template.nameTaken`, `template.tooMany` */
export async function saveTemplate(
	library: Library,
	{ workshopId, name, accountId }: { workshopId: WorkshopId; name: string; accountId: AccountId },
): Promise<void> {
	await library.database.begin(async (sql) => {
		const programmeId = await requireProgramme(sql, workshopId);
		const templates = await lockAndSelect(sql, programmeId);
		requireFreeName(templates, name);
		if (templates.length >= maxTemplates) throw new AppError('template.tooMany', { max: maxTemplates });
		await insertTemplate(sql, programmeId, { name, ...(await stepsToSave(sql, library, workshopId, accountId)) });
	});
}

/** Puts the steps of a workshop in the place of a template's. @throws AppError `workshop.unknown`, `template.unknown` */
export async function replaceTemplate(
	library: Library,
	{ workshopId, id, accountId }: { workshopId: WorkshopId; id: TemplateId; accountId: AccountId },
): Promise<void> {
	await library.database.begin(async (sql) => {
		requireTemplate(await lockAndSelect(sql, await requireProgramme(sql, workshopId)), id);
		await updateTemplateSteps(sql, id, await stepsToSave(sql, library, workshopId, accountId));
	});
}

/** @throws AppError `template.unknown`, `template.nameTaken` */
export async function renameTemplate(
	{ database }: Pick<Library, 'database'>,
	{ programmeId, id, name }: { programmeId: ProgrammeId; id: TemplateId; name: string },
): Promise<void> {
	await database.begin(async (sql) => {
		const templates = await lockAndSelect(sql, programmeId);
		requireTemplate(templates, id);
		requireFreeName(
			templates.filter((template) => template.id !== id),
			name,
		);
		await updateTemplateName(sql, id, name);
	});
}

/** Workshops that were made from it keep their steps. @throws AppError `template.unknown` */
export async function removeTemplate(sql: Sql, programmeId: ProgrammeId, id: TemplateId): Promise<void> {
	if (!(await deleteTemplate(sql, programmeId, id))) throw new AppError('template.unknown');
}

/** What a workshop of this edition begins with. @throws AppError `template.unknown`, of another programme's too */
export async function stepsOfChoice(
	sql: Sql,
	editionId: EditionId,
	choice: TemplateChoice,
): Promise<readonly StepContent[]> {
	if (choice === 'empty') return [];
	if (isMethod(choice)) return workshopTemplates[choice].steps;
	const template = await findTemplateForEdition(sql, editionId, choice);
	if (template === undefined) throw new AppError('template.unknown');
	return storedSteps.parse(template.steps);
}

function isMethod(choice: Exclude<TemplateChoice, 'empty'>): choice is Exclude<typeof choice, TemplateId> {
	return Object.hasOwn(workshopTemplates, choice);
}

async function requireProgramme(sql: Sql, workshopId: WorkshopId): Promise<ProgrammeId> {
	const edition = await findEditionOfWorkshop(sql, workshopId);
	if (edition === undefined) throw new AppError('workshop.unknown');
	return edition.programmeId;
}

async function stepsToSave(
	sql: Sql,
	{ clock }: Library,
	workshopId: WorkshopId,
	savedBy: AccountId,
): Promise<SavedSteps> {
	const steps = await selectSteps(sql, workshopId);
	return { steps: steps.map(({ id: _, position: __, ...step }) => step), savedBy, savedAt: clock.now() };
}

async function lockAndSelect(sql: Sql, programmeId: ProgrammeId): Promise<TemplateRow[]> {
	await lockTemplates(sql, programmeId);
	return selectTemplates(sql, programmeId);
}

function requireTemplate(templates: readonly TemplateRow[], id: TemplateId): void {
	if (!templates.some((template) => template.id === id)) throw new AppError('template.unknown');
}

/** Names differ by more than their case, since people look for them by ear. */
function requireFreeName(templates: readonly TemplateRow[], name: string): void {
	const taken = templates.some((template) => template.name.toLowerCase() === name.toLowerCase());
	if (taken) throw new AppError('template.nameTaken');
}
