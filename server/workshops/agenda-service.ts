import type * as z from 'zod';

import type { StepId, WorkshopId } from '#lib/domain/ids.ts';
import { defaultRules } from '#lib/domain/step.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { maxSteps, type newStep, type stepChange } from '#lib/protocol/workshops.ts';
import type { Sql } from '#server/db/client.ts';

import { changeWorkshop, sameMembers, type Preparation } from './preparation.ts';
import {
	deleteStep,
	insertStep,
	orderSteps,
	selectRunningSteps,
	selectSteps,
	updateStep,
	type StepRow,
} from './step-queries.ts';

/** The steps of a workshop and their order. They may be changed while the workshop runs; all throw `workshop.unknown`. */

/** Adds a step at the end, with the rules of its kind and no prompt yet. @throws AppError `step.tooMany` */
export async function addStep(
	preparation: Preparation,
	workshopId: WorkshopId,
	step: z.output<typeof newStep>,
): Promise<void> {
	await changeWorkshop(preparation, workshopId, async (sql) => {
		const steps = await requireRoom(sql, workshopId);
		await insertStep(sql, workshopId, nextPosition(steps), { ...step, prompt: {}, rules: defaultRules(step.kind) });
	});
}

/** A change of the kind alone brings that kind's rules. @throws AppError `step.unknown` */
export async function editStep(
	preparation: Preparation,
	workshopId: WorkshopId,
	stepId: StepId,
	change: z.output<typeof stepChange>,
): Promise<void> {
	await changeWorkshop(preparation, workshopId, async (sql) => {
		const step = await requireStep(sql, workshopId, stepId);
		const kind = change.kind ?? step.kind;
		await updateStep(sql, stepId, {
			kind,
			title: change.title ?? step.title,
			prompt: change.prompt ?? step.prompt,
			durationMs: change.durationMs ?? step.durationMs,
			rules: change.rules ?? (kind === step.kind ? step.rules : defaultRules(kind)),
		});
	});
}

/** Puts a copy right after a step. @throws AppError `step.unknown`, `step.tooMany` */
export async function duplicateStep(preparation: Preparation, workshopId: WorkshopId, stepId: StepId): Promise<void> {
	await changeWorkshop(preparation, workshopId, async (sql) => {
		const steps = await requireRoom(sql, workshopId);
		const step = await requireStep(sql, workshopId, stepId);
		const copy = await insertStep(sql, workshopId, nextPosition(steps), step);
		const order = steps.flatMap(({ id }) => (id === stepId ? [id, copy] : [id]));
		await orderSteps(sql, order);
	});
}

/** Takes a step away, unless the room or a table is in it. @throws AppError `step.unknown`, `step.running` */
export async function removeStep(preparation: Preparation, workshopId: WorkshopId, stepId: StepId): Promise<void> {
	await changeWorkshop(preparation, workshopId, async (sql) => {
		await requireStep(sql, workshopId, stepId);
		if ((await selectRunningSteps(sql, workshopId)).has(stepId)) throw new AppError('step.running');
		await deleteStep(sql, stepId);
		const left = await selectSteps(sql, workshopId);
		await orderSteps(
			sql,
			left.map(({ id }) => id),
		);
	});
}

/** @throws AppError `step.unknown` if the list isn't that of all steps, because somebody else has changed it meanwhile */
export async function reorderSteps(
	preparation: Preparation,
	workshopId: WorkshopId,
	stepIds: readonly StepId[],
): Promise<void> {
	await changeWorkshop(preparation, workshopId, async (sql) => {
		const steps = await selectSteps(sql, workshopId);
		const known = steps.map(({ id }) => id);
		if (!sameMembers(stepIds, known)) throw new AppError('step.unknown');
		await orderSteps(sql, stepIds);
	});
}

async function requireStep(sql: Sql, workshopId: WorkshopId, stepId: StepId): Promise<StepRow> {
	const step = (await selectSteps(sql, workshopId)).find(({ id }) => id === stepId);
	if (step === undefined) throw new AppError('step.unknown');
	return step;
}

async function requireRoom(sql: Sql, workshopId: WorkshopId): Promise<StepRow[]> {
	const steps = await selectSteps(sql, workshopId);
	if (steps.length >= maxSteps) throw new AppError('step.tooMany', { max: maxSteps });
	return steps;
}

function nextPosition(steps: readonly StepRow[]): number {
	return Math.max(-1, ...steps.map(({ position }) => position)) + 1;
}
