import * as z from 'zod';

import { snapshotId, workshopId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { snapshotContent, snapshotDetail, snapshotList, type SnapshotSummary } from '#lib/protocol/snapshots.ts';
import { requireFacilitator } from '#server/accounts/access-service.ts';
import type { Database } from '#server/db/client.ts';
import { route, type Route } from '#server/http/route.ts';

import { hashOf } from './canonical-json.ts';
import { findSnapshot, listSnapshots, type SnapshotRow } from './snapshots-queries.ts';

/** Looking back through a workshop, for those who run it. Taking and restoring are commands of the live workshop. */
export function snapshotRoutes({ database }: { readonly database: Database }): Route[] {
	return [
		route({
			method: 'get',
			path: '/workshops/:workshopId/snapshots',
			summary: 'Snapshots of a workshop, newest first',
			access: 'account',
			params: z.object({ workshopId }),
			response: snapshotList,
			async handle({ params, identity }) {
				await requireFacilitator(database, identity, params.workshopId);
				const rows = await listSnapshots(database, params.workshopId);
				return { snapshots: rows.map(presentSnapshot) };
			},
		}),
		route({
			method: 'get',
			path: '/workshops/:workshopId/snapshots/:snapshotId',
			summary: 'One snapshot with its content, checked against its hash',
			access: 'account',
			params: z.object({ workshopId, snapshotId }),
			response: snapshotDetail,
			async handle({ params, identity }) {
				await requireFacilitator(database, identity, params.workshopId);
				const row = await findSnapshot(database, params.workshopId, params.snapshotId);
				if (row === undefined) throw new AppError('snapshot.unknown');
				return {
					snapshot: presentSnapshot(row),
					intact: hashOf(row.content) === row.hash,
					content: snapshotContent.parse(row.content),
				};
			},
		}),
	];
}

function presentSnapshot({ id, takenAt, reason, note, stepId, accountId, ideas, hash }: SnapshotRow): SnapshotSummary {
	return { id, takenAt: takenAt.toISOString(), reason, note, stepId, accountId, ideas, hash };
}
