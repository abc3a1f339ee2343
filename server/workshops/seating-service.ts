import type * as z from 'zod';

import type { ChallengeId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import { translator } from '#lib/i18n/translator.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { maxTables, type tableChange } from '#lib/protocol/workshops.ts';
import type { Sql } from '#server/db/client.ts';

import {
	deleteChallenge,
	insertChallenge,
	selectChallenges,
	selectWorkshopsWithChallenge,
	updateChallenge,
} from './challenge-queries.ts';
import { changeWorkshop, requirePreparing, sameMembers, type Preparation } from './preparation.ts';
import { deleteTable, orderTables, selectSheetIds, selectTables, updateTable, type TableRow } from './table-queries.ts';
import type { WorkshopRow } from './workshop-queries.ts';
import { addTable } from './workshop-setup-service.ts';

/** The tables of a workshop, and the challenges of its edition that lie on them. All throw `workshop.unknown`. */

const usualCapacity = 12;

/** Adds tables at the end, named by their number in the language of whoever adds them. @throws AppError `table.tooMany` */
export async function addTables(sql: Sql, workshopId: WorkshopId, count: number, language: Language): Promise<void> {
	const existing = await selectTables(sql, workshopId);
	if (existing.length + count > maxTables) throw new AppError('table.tooMany', { max: maxTables });
	const t = translator(language);
	const taken = new Set(existing.map(({ name }) => name));
	let number = existing.length;
	for (let added = 0; added < count; added += 1) {
		let name: string;
		do {
			number += 1;
			name = t('studio:tables.defaultName', { number: String(number) });
		} while (taken.has(name));
		await addTable(sql, workshopId, { name, challengeId: null, capacity: usualCapacity, atHome: false });
	}
}

export async function makeTables(
	preparation: Preparation,
	workshopId: WorkshopId,
	count: number,
	language: Language,
): Promise<void> {
	await changeWorkshop(preparation, workshopId, (sql) => addTables(sql, workshopId, count, language));
}

/** @throws AppError `table.unknown`, `challenge.unknown` */
export async function editTable(
	preparation: Preparation,
	workshopId: WorkshopId,
	tableId: TableId,
	change: z.output<typeof tableChange>,
): Promise<void> {
	await changeWorkshop(preparation, workshopId, async (sql, workshop) => {
		const table = await requireTable(sql, workshopId, tableId);
		const challengeId = change.challengeId === undefined ? table.challengeId : change.challengeId;
		if (challengeId !== null) await requireChallenge(sql, workshop, challengeId);
		await updateTable(sql, tableId, {
			name: change.name ?? table.name,
			challengeId,
			capacity: change.capacity ?? table.capacity,
			atHome: change.atHome ?? table.atHome,
		});
	});
}

/** Takes a table away, with what was tried out at it; never once the evening has begun. @throws AppError `table.unknown`, `workshop.notPreparing` */
export async function removeTable(preparation: Preparation, workshopId: WorkshopId, tableId: TableId): Promise<void> {
	const sheet = await changeWorkshop(preparation, workshopId, async (sql, workshop) => {
		requirePreparing(workshop);
		await requireTable(sql, workshopId, tableId);
		const sheets = await selectSheetIds(sql, workshopId);
		await deleteTable(sql, tableId);
		const left = await selectTables(sql, workshopId);
		await orderTables(
			sql,
			left.map(({ id }) => id),
		);
		return sheets.find((candidate) => candidate.tableId === tableId);
	});
	if (sheet !== undefined) preparation.closeText(sheet.id);
}

/** @throws AppError `table.unknown` if the list isn't that of all tables, because somebody else has changed it meanwhile */
export async function reorderTables(
	preparation: Preparation,
	workshopId: WorkshopId,
	tableIds: readonly TableId[],
): Promise<void> {
	await changeWorkshop(preparation, workshopId, async (sql) => {
		const tables = await selectTables(sql, workshopId);
		const known = tables.map(({ id }) => id);
		if (!sameMembers(tableIds, known)) throw new AppError('table.unknown');
		await orderTables(sql, tableIds);
	});
}

export async function makeChallenge(
	preparation: Preparation,
	workshopId: WorkshopId,
	question: LocalizedText,
): Promise<void> {
	await changeWorkshop(preparation, workshopId, async (sql, { editionId }) => {
		await insertChallenge(sql, editionId, question);
	});
}

/** @throws AppError `challenge.unknown` */
export async function editChallenge(
	preparation: Preparation,
	workshopId: WorkshopId,
	challengeId: ChallengeId,
	question: LocalizedText,
): Promise<void> {
	await changeChallenge(preparation, workshopId, challengeId, (sql) => updateChallenge(sql, challengeId, question));
}

/** Takes a challenge off the edition and its tables; projects keep the words they were founded with. @throws AppError `challenge.unknown` */
export async function removeChallenge(
	preparation: Preparation,
	workshopId: WorkshopId,
	challengeId: ChallengeId,
): Promise<void> {
	await changeChallenge(preparation, workshopId, challengeId, (sql) => deleteChallenge(sql, challengeId));
}

/** A challenge may lie on tables of other workshops of the edition: these are told as well. */
async function changeChallenge(
	preparation: Preparation,
	workshopId: WorkshopId,
	challengeId: ChallengeId,
	work: (sql: Sql) => Promise<void>,
): Promise<void> {
	const others = await changeWorkshop(preparation, workshopId, async (sql, workshop) => {
		await requireChallenge(sql, workshop, challengeId);
		const workshops = await selectWorkshopsWithChallenge(sql, challengeId);
		await work(sql);
		return workshops.filter((id) => id !== workshopId);
	});
	for (const id of others) await preparation.live.reload(id);
}

async function requireTable(sql: Sql, workshopId: WorkshopId, tableId: TableId): Promise<TableRow> {
	const table = (await selectTables(sql, workshopId)).find(({ id }) => id === tableId);
	if (table === undefined) throw new AppError('table.unknown');
	return table;
}

async function requireChallenge(sql: Sql, { editionId }: WorkshopRow, challengeId: ChallengeId): Promise<void> {
	const challenges = await selectChallenges(sql, editionId);
	if (!challenges.some(({ id }) => id === challengeId)) throw new AppError('challenge.unknown');
}
