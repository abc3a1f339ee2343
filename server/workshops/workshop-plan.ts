import { colourOfTable } from '#lib/domain/idea.ts';
import type { WorkshopId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { WorkshopPlan } from '#lib/protocol/workshops.ts';
import type { Database } from '#server/db/client.ts';

import { selectChallenges } from './challenge-queries.ts';
import { selectSteps, selectUsedSteps } from './step-queries.ts';
import { selectTables } from './table-queries.ts';
import { countUse, findEditionOfWorkshop, findWorkshop } from './workshop-queries.ts';

/**
 * Everything that is prepared of a workshop, as it leaves the server.
 * @param addresses under which people may reach the board, the usual one first
 * @throws AppError `workshop.unknown`
 */
export async function readWorkshopPlan(
	database: Database,
	id: WorkshopId,
	addresses: readonly string[],
): Promise<WorkshopPlan> {
	return database.begin('isolation level repeatable read read only', async (sql) => {
		const workshop = await findWorkshop(sql, id);
		const edition = await findEditionOfWorkshop(sql, id);
		if (workshop === undefined || edition === undefined) throw new AppError('workshop.unknown');
		const { code, title, phase, startsAt, place, personalDataUntil, attribution, currentStepId } = workshop;
		const steps = await selectSteps(sql, id);
		const used = await selectUsedSteps(sql, id);
		const challenges = await selectChallenges(sql, edition.id);
		const tables = await selectTables(sql, id);
		return {
			...{ id, code, title, phase, place, personalDataUntil, attribution, edition, currentStepId },
			startsAt: startsAt?.toISOString() ?? null,
			steps: steps.map(({ position: _, ...step }) => ({ ...step, used: used.has(step.id) })),
			challenges: challenges.map(({ position: _, ...challenge }) => challenge),
			tables: tables.map(({ position, boardId: _, ...table }) => ({ ...table, colour: colourOfTable(position) })),
			used: await countUse(sql, id),
			addresses: [...addresses],
		};
	});
}
