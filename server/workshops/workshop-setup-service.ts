import { randomInt } from 'node:crypto';

import type { BoardId, ChallengeId, EditionId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import { sheetHeadings } from '#lib/domain/sheet.ts';
import { pauseTimer, startTimer } from '#lib/domain/timer.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { StepContent } from '#lib/protocol/workshops.ts';
import type { Sql } from '#server/db/client.ts';
import { createTextDocument } from '#server/sync/text-document-service.ts';

import { insertChallenge } from './challenge-queries.ts';
import { insertStep, selectSteps } from './step-queries.ts';
import { findPlenaryBoard, insertBoard, insertTable, selectTables, type TableContent } from './table-queries.ts';
import {
	findWorkshop,
	findWorkshopIdByCode,
	findWorkshopIdBySource,
	insertWorkshop,
	raiseGeneration,
	updateToLive,
} from './workshop-queries.ts';

/**
 * What a workshop is made of, in the caller's transaction: the studio, the importer and the demo all build with these.
 */

export type WorkshopDraft = {
	readonly editionId: EditionId;
	readonly title: LocalizedText;
	readonly steps: readonly StepContent[];
	readonly startsAt?: Date | null;
	readonly place?: string | null;
	/** Where the shown data comes from and under which licence. */
	readonly attribution?: string | null;
	/** Found again by {@link findWorkshopBySource}. */
	readonly sourceKey?: string | null;
	/** Eight digits, used if they are free. */
	readonly wishedCode?: string;
	/** A calendar day; half a year after the evening unless given. */
	readonly personalDataUntil?: string;
};

const personalDataDays = 180;
const codeAttempts = 50;

/** Makes a workshop that is being prepared, with its steps and the board of the plenary. */
export async function addWorkshop(sql: Sql, draft: WorkshopDraft, now: Date): Promise<WorkshopId> {
	const startsAt = draft.startsAt ?? null;
	const id = await insertWithFreeCode(sql, draft.wishedCode, {
		editionId: draft.editionId,
		title: draft.title,
		startsAt,
		place: draft.place ?? null,
		attribution: draft.attribution ?? null,
		sourceKey: draft.sourceKey ?? null,
		personalDataUntil: draft.personalDataUntil ?? lastDayOfPersonalData(startsAt ?? now),
	});
	await insertBoard(sql, id, null);
	for (const [position, step] of draft.steps.entries()) await insertStep(sql, id, position, step);
	return id;
}

/** @returns a calendar day, `2026-12-31` */
export function lastDayOfPersonalData(from: Date): string {
	const day = new Date(from.getTime() + personalDataDays * 24 * 60 * 60 * 1000);
	return day.toISOString().slice(0, 10);
}

async function insertWithFreeCode(
	sql: Sql,
	wishedCode: string | undefined,
	workshop: Omit<Parameters<typeof insertWorkshop>[1], 'code'>,
): Promise<WorkshopId> {
	for (let attempt = 0; attempt < codeAttempts; attempt += 1) {
		const code = attempt === 0 && wishedCode !== undefined ? wishedCode : randomCode();
		const id = await insertWorkshop(sql, { ...workshop, code });
		if (id !== undefined) return id;
	}
	throw new Error(`No free join code was found in ${codeAttempts} attempts`);
}

/** Never begins with 0, so that no spreadsheet or phone keypad drops a digit. */
function randomCode(): string {
	return String(randomInt(10_000_000, 100_000_000));
}

/** Adds a table at the end, with its board and its project sheet. */
export async function addTable(sql: Sql, workshopId: WorkshopId, table: TableContent): Promise<TableId> {
	const tables = await selectTables(sql, workshopId);
	const position = tables.length === 0 ? 0 : Math.max(...tables.map((other) => other.position)) + 1;
	const tableId = await insertTable(sql, workshopId, position, table);
	await insertBoard(sql, workshopId, tableId);
	await addSheet(sql, workshopId, tableId);
	return tableId;
}

/** Gives a table an empty project sheet. */
export async function addSheet(sql: Sql, workshopId: WorkshopId, tableId: TableId): Promise<void> {
	await createTextDocument(sql, { workshopId, tableId, projectId: null, headings: sheetHeadings });
}

/** Adds a challenge to an edition; one with a source key that is there already stays as it is. */
export async function addChallenge(
	sql: Sql,
	editionId: EditionId,
	question: LocalizedText,
	sourceKey: string | null,
): Promise<ChallengeId> {
	return insertChallenge(sql, editionId, question, sourceKey);
}

/** The board on which the whole room writes. */
export async function plenaryBoardOf(sql: Sql, workshopId: WorkshopId): Promise<BoardId> {
	const id = await findPlenaryBoard(sql, workshopId);
	if (id === undefined) throw new Error(`Workshop ${workshopId} has no plenary board`);
	return id;
}

/** Opens the workshop: people may join, and its first step is the current one, its time not yet running. */
export async function goLive(sql: Sql, workshopId: WorkshopId, now: Date): Promise<void> {
	const [first] = await selectSteps(sql, workshopId);
	const timer = first ? pauseTimer(startTimer(first.durationMs, now.getTime()), now.getTime()) : null;
	await updateToLive(sql, workshopId, { stepId: first?.id ?? null, timer, at: now });
}

/** The eight digits people join with. */
export async function joinCodeOf(sql: Sql, workshopId: WorkshopId): Promise<string> {
	const workshop = await findWorkshop(sql, workshopId);
	if (workshop === undefined) throw new AppError('workshop.unknown');
	return workshop.code;
}

export async function findWorkshopBySource(sql: Sql, sourceKey: string): Promise<WorkshopId | undefined> {
	return findWorkshopIdBySource(sql, sourceKey);
}

export async function findWorkshopByCode(sql: Sql, code: string): Promise<WorkshopId | undefined> {
	return findWorkshopIdByCode(sql, code);
}

/** To be called when ideas were written past the live side: everybody's boards are then built anew from the rows. */
export async function markBoardsChanged(sql: Sql, workshopId: WorkshopId): Promise<void> {
	await raiseGeneration(sql, workshopId);
}
