import type { EditionId } from '#lib/domain/ids.ts';
import type { Sql } from '#server/db/client.ts';

import { selectWorkshopSummaries, type WorkshopSummaryRow } from './workshop-queries.ts';

export type { WorkshopSummaryRow };

/** The workshops of editions with their numbers: dated ones first, the latest on top. */
export async function listWorkshops(sql: Sql, editionIds: readonly EditionId[]): Promise<WorkshopSummaryRow[]> {
	return selectWorkshopSummaries(sql, editionIds);
}
