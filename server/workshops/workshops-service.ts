import type { AccountId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import { translator } from '#lib/i18n/translator.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { newWorkshop, workshopChange } from '#lib/protocol/workshops.ts';
import type * as z from 'zod';

import { addTables } from './seating-service.ts';
import { changeWorkshop, requirePreparing, requireWorkshop, type Preparation } from './preparation.ts';
import { selectSteps } from './step-queries.ts';
import { deleteSheet, selectSheetIds, selectTables } from './table-queries.ts';
import { stepsOfChoice } from './template-service.ts';
import {
	countUse,
	deleteUse,
	deleteWorkshop,
	insertAudit,
	raiseGeneration,
	selectOpenRounds,
	updateToRehearsal,
	updateWorkshopDetails,
	type WorkshopRow,
} from './workshop-queries.ts';
import { addSheet, addTable, addWorkshop, goLive } from './workshop-setup-service.ts';

/** Workshops as a whole: made, described, copied, opened, cleared, taken away. */

/**
 * Makes a workshop from a template, with its tables named in the maker's language.
 * @throws AppError `template.unknown`
 */
export async function createWorkshop(
	{ database, clock }: Preparation,
	draft: z.output<typeof newWorkshop>,
	language: Language,
): Promise<WorkshopId> {
	const { template, startsAt, tables, ...details } = draft;
	return database.begin(async (sql) => {
		const steps = await stepsOfChoice(sql, details.editionId, template);
		const start = startsAt === null ? null : new Date(startsAt);
		const id = await addWorkshop(sql, { ...details, steps, startsAt: start }, clock.now());
		await addTables(sql, id, tables, language);
		return id;
	});
}

/** @throws AppError `workshop.unknown` */
export async function editWorkshop(
	preparation: Preparation,
	id: WorkshopId,
	change: z.output<typeof workshopChange>,
): Promise<void> {
	await changeWorkshop(preparation, id, async (sql, workshop) => {
		const { startsAt = workshop.startsAt } = change;
		await updateWorkshopDetails(sql, id, {
			title: change.title ?? workshop.title,
			startsAt: startsAt === null ? null : new Date(startsAt),
			place: change.place === undefined ? workshop.place : change.place,
			personalDataUntil: change.personalDataUntil ?? workshop.personalDataUntil,
		});
	});
}

/**
 * Copies what was prepared (steps, tables with their challenges), and nothing of what people did.
 * @throws AppError `workshop.unknown`
 */
export async function duplicateWorkshop({ database, clock }: Preparation, id: WorkshopId): Promise<WorkshopId> {
	return database.begin(async (sql) => {
		const { editionId, title, place } = await requireWorkshop(sql, id);
		const steps = await selectSteps(sql, id);
		const copy = await addWorkshop(sql, { editionId, title, place, steps }, clock.now());
		for (const table of await selectTables(sql, id)) await addTable(sql, copy, table);
		return copy;
	});
}

/** @throws AppError `workshop.unknown`, `workshop.notPreparing` */
export async function removeWorkshop({ database, live }: Preparation, id: WorkshopId): Promise<void> {
	await database.begin(async (sql) => {
		requirePreparing(await requireWorkshop(sql, id));
		await deleteWorkshop(sql, id);
	});
	await live.reload(id);
}

/** Opens the evening. One that is live already stays as it is. @throws AppError `workshop.unknown`, `workshop.notPreparing` */
export async function openWorkshop(preparation: Preparation, id: WorkshopId): Promise<void> {
	await changeWorkshop(preparation, id, async (sql, workshop) => {
		if (workshop.phase === 'live') return;
		requirePreparing(workshop);
		await goLive(sql, id, preparation.clock.now());
	});
}

/**
 * Marks a workshop as a rehearsal, so that synthetic people may come in and everything can be cleared away afterwards. One in which
 * somebody has taken part already can't become one.
 * @throws AppError `workshop.unknown`, `join.workshopEnded`, `join.doorClosed`, `rehearsal.peopleJoined`
 */
export async function markAsRehearsal(
	preparation: Preparation,
	id: WorkshopId,
	accountId: AccountId,
): Promise<{ readonly code: string }> {
	return changeWorkshop(preparation, id, async (sql, { phase, code, doorOpen, rehearsal }) => {
		if (phase === 'ended') throw new AppError('join.workshopEnded');
		if (!doorOpen) throw new AppError('join.doorClosed');
		if (!rehearsal) {
			const { people } = await countUse(sql, id);
			if (people > 0) throw new AppError('rehearsal.peopleJoined', { people });
			await updateToRehearsal(sql, id);
		}
		await insertAudit(sql, { workshopId: id, accountId, action: 'workshop.rehearse', detail: {} });
		return { code };
	});
}

/**
 * Removes what a rehearsal left: people, their ideas and groups, votes, projects and the texts of the sheets, and its mark. Only while
 * the workshop is being prepared or is marked as a rehearsal, and after a snapshot of it. One that was opened stands at its first
 * step again. Imported ideas and paired devices stay.
 * @throws AppError `workshop.unknown`, `workshop.notPreparing`
 */
export async function clearTestData(
	preparation: Preparation,
	id: WorkshopId,
	by: { readonly accountId: AccountId; readonly language: Language },
): Promise<void> {
	const { database, live, closeText, clock } = preparation;
	requireClearable(await database.begin((sql) => requireWorkshop(sql, id)));
	const facilitator = { kind: 'facilitator', id: by.accountId, workshopId: id, leads: true } as const;
	// Closing a round destroys its key, which lies outside the database.
	for (const roundId of await selectOpenRounds(database, id))
		await live.execute(id, facilitator, 'vote.close', { roundId });
	const note = translator(by.language)('studio:testData.snapshotNote');
	await live.execute(id, facilitator, 'snapshot.take', { note });

	const closed = await changeWorkshop(preparation, id, async (sql, workshop) => {
		requireClearable(workshop);
		const detail = await countUse(sql, id);
		await deleteUse(sql, id);
		const sheets = await selectSheetIds(sql, id);
		for (const sheet of sheets) {
			await deleteSheet(sql, sheet.id);
			await addSheet(sql, id, sheet.tableId);
		}
		if (workshop.phase !== 'preparing') await goLive(sql, id, clock.now());
		await raiseGeneration(sql, id);
		await insertAudit(sql, { workshopId: id, accountId: by.accountId, action: 'workshop.clear-test-data', detail });
		return sheets;
	});
	for (const sheet of closed) closeText(sheet.id);
}

/** What people do on the evening itself is never cleared. @throws AppError `workshop.notPreparing` */
function requireClearable(workshop: WorkshopRow): void {
	if (!workshop.rehearsal) requirePreparing(workshop);
}
