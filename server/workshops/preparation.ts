import type { WorkshopId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Clock } from '#server/clock.ts';
import type { Database, Sql } from '#server/db/client.ts';
import type { LiveService } from '#server/live/live-service.ts';

import { lockWorkshop, type WorkshopRow } from './workshop-queries.ts';

export type Preparation = {
	readonly database: Database;
	readonly clock: Clock;
	readonly live: Pick<LiveService, 'exclusively' | 'reload' | 'execute'>;
	/** Forgets a text document that was deleted, and sends its writers away. */
	readonly closeText: (documentId: string) => void;
};

/**
 * Changes what is prepared of a workshop, in one transaction and while no command touches it; whoever is connected sees it
 * afterwards. A workshop may be changed in every phase, also while it runs.
 * @throws AppError `workshop.unknown`
 */
export async function changeWorkshop<Result>(
	{ database, live }: Preparation,
	workshopId: WorkshopId,
	work: (sql: Sql, workshop: WorkshopRow) => Promise<Result>,
): Promise<Result> {
	return live.exclusively(workshopId, () =>
		database.begin(async (sql) => work(sql, await requireWorkshop(sql, workshopId))),
	) as Promise<Result>;
}

/** @throws AppError `workshop.unknown` */
export async function requireWorkshop(sql: Sql, workshopId: WorkshopId): Promise<WorkshopRow> {
	const workshop = await lockWorkshop(sql, workshopId);
	if (workshop === undefined) throw new AppError('workshop.unknown');
	return workshop;
}

/** @throws AppError `workshop.notPreparing` */
export function requirePreparing({ phase }: WorkshopRow): void {
	if (phase !== 'preparing') throw new AppError('workshop.notPreparing');
}

/** Whether two lists hold the same members, in any order and each once. */
export function sameMembers<Id>(ids: readonly Id[], others: readonly Id[]): boolean {
	const set = new Set(ids);
	return set.size === ids.length && ids.length === others.length && others.every((id) => set.has(id));
}
