import type { WorkshopId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Database } from '#server/db/client.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import type { ReportRows } from './report-presenter.ts';
import {
	findWorkshop,
	listClosedRounds,
	listIdeas,
	listProjects,
	listSteps,
	listTables,
	type TableRow,
} from './report-queries.ts';

/** Everything a report is made of, as it stands at one moment. @throws AppError `workshop.unknown` */
export function readReport(database: Database, id: WorkshopId): Promise<ReportRows> {
	return database.begin('isolation level repeatable read read only', async (tx) => {
		const workshop = await findWorkshop(tx, id);
		if (workshop === undefined) throw new AppError('workshop.unknown');
		const tables = await listTables(tx, id);
		return {
			workshop,
			tables,
			steps: await listSteps(tx, id),
			ideas: await listIdeas(tx, id),
			rounds: await listClosedRounds(tx, id),
			projects: await listProjects(tx, id),
			sheets: await readSheets(tx, tables),
		};
	});
}

async function readSheets(
	sql: Parameters<typeof readTextDocument>[0],
	tables: readonly TableRow[],
): Promise<ReportRows['sheets']> {
	const sheets = new Map<string, Record<string, string>>();
	for (const { id, sheetId } of tables) {
		if (sheetId !== null) sheets.set(id, await readTextDocument(sql, sheetId));
	}
	return sheets;
}
