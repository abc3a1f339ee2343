import * as z from 'zod';

import { workshopId } from '#lib/domain/ids.ts';
import { logPage, logPageSize, logQuery } from '#lib/protocol/log.ts';
import { requireFacilitator } from '#server/accounts/access-service.ts';
import type { Database } from '#server/db/client.ts';
import { route, type Route } from '#server/http/route.ts';

import { selectLog } from './log-queries.ts';

/** Who did what in a workshop, for those who run it. */
export function logRoutes({ database }: { readonly database: Database }): Route[] {
	return [
		route({
			method: 'get',
			path: '/workshops/:workshopId/log',
			summary: 'Who did what in a workshop, the latest first',
			access: 'account',
			params: z.object({ workshopId }),
			query: logQuery,
			response: logPage,
			async handle({ identity, params, query }) {
				await requireFacilitator(database, identity, params.workshopId);
				const selection = { before: query.before, subjectId: query.subjectId, most: logPageSize };
				const rows = await selectLog(database, params.workshopId, selection);
				return {
					entries: rows.map(({ actorKind, actorId, actorName, at, ...entry }) => ({
						...entry,
						at: at.toISOString(),
						actor: { kind: actorKind, id: actorId, name: actorName },
					})),
				};
			},
		}),
	];
}
