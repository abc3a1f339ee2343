import { showableTally } from '#lib/domain/small-group.ts';
import type { WorkshopId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { snapshotContent, type SnapshotContent } from '#lib/protocol/snapshots.ts';
import type { Sql } from '#server/db/client.ts';
import { readTextDocuments } from '#server/sync/text-document-service.ts';

import {
	countPrivateIdeas,
	readBoards,
	readChallenges,
	readGroups,
	readIdeas,
	readOptions,
	readProjects,
	readRounds,
	readSheetDocuments,
	readTables,
	readWorkshop,
} from './snapshots-queries.ts';

/**
 * Reads what a snapshot holds from the rows as they stand in this transaction. Lists come in an order of their own, so that
 * the same rows always make the same content and the same hash.
 * @throws AppError `workshop.unknown`
 */
export async function readSnapshotContent(sql: Sql, workshopId: WorkshopId): Promise<SnapshotContent> {
	const workshop = await readWorkshop(sql, workshopId);
	if (workshop === undefined) throw new AppError('workshop.unknown');
	return snapshotContent.parse({
		version: 1,
		workshop,
		tables: await readTables(sql, workshopId),
		challenges: await readChallenges(sql, workshopId),
		boards: await readBoards(sql, workshopId),
		ideas: await readIdeas(sql, workshopId),
		privateIdeas: await countPrivateIdeas(sql, workshopId),
		groups: await readGroups(sql, workshopId),
		rounds: await readRoundsWithOptions(sql, workshopId),
		projects: await readProjects(sql, workshopId),
		sheets: await readSheets(sql, workshopId),
	});
}

async function readRoundsWithOptions(sql: Sql, workshopId: WorkshopId) {
	const rounds = await readRounds(sql, workshopId);
	const options = Map.groupBy(await readOptions(sql, workshopId), (option) => option.roundId);
	return rounds.map((round) => ({
		...round,
		tally: showableTally(round),
		options: (options.get(round.id) ?? []).map(({ roundId: _, ...option }) => option),
	}));
}

async function readSheets(sql: Sql, workshopId: WorkshopId): Promise<SnapshotContent['sheets']> {
	const documents = await readSheetDocuments(sql, workshopId);
	const texts = await readTextDocuments(
		sql,
		documents.map(({ documentId }) => documentId),
	);
	return documents.map((document) => ({ ...document, texts: texts.get(document.documentId) ?? {} }));
}
