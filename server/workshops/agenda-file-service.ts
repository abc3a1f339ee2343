import type * as z from 'zod';

import type { WorkshopId } from '#lib/domain/ids.ts';
import { readAgendaFile, writeAgendaFile, type AgendaFile, type agendaImport } from '#lib/protocol/agenda-file.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { maxSteps } from '#lib/protocol/workshops.ts';
import type { Sql } from '#server/db/client.ts';

import { changeWorkshop, type Preparation } from './preparation.ts';
import { deleteStep, insertStep, orderSteps, selectSteps, selectUsedSteps } from './step-queries.ts';

/** The steps of a workshop as a file, and steps out of a file. */

export async function exportAgenda(sql: Sql, workshopId: WorkshopId): Promise<AgendaFile> {
	return writeAgendaFile(await selectSteps(sql, workshopId));
}

/**
 * Adds the steps of a file at the end, or puts them in the place of those that are there. Steps that somebody is in, or in which
 * ideas were written, are never taken away: they stay, in their order, before those of the file.
 * @throws AppError `workshop.unknown`, `step.tooMany`, and what `readAgendaFile` throws; nothing has changed then
 */
export async function importAgenda(
	preparation: Preparation,
	workshopId: WorkshopId,
	{ mode, file }: z.output<typeof agendaImport>,
): Promise<void> {
	const { steps } = readAgendaFile(file);
	await changeWorkshop(preparation, workshopId, async (sql) => {
		const present = await selectSteps(sql, workshopId);
		const used = await selectUsedSteps(sql, workshopId);
		const staying = mode === 'append' ? present : present.filter(({ id }) => used.has(id));
		if (staying.length + steps.length > maxSteps) throw new AppError('step.tooMany', { max: maxSteps });
		for (const step of present) if (!staying.includes(step)) await deleteStep(sql, step.id);
		const order = staying.map(({ id }) => id);
		for (const [index, step] of steps.entries()) {
			order.push(await insertStep(sql, workshopId, present.length + index + 1, step));
		}
		await orderSteps(sql, order);
	});
}
