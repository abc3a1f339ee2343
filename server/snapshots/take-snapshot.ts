import type { AccountId, SnapshotId, StepId, WorkshopId } from '#lib/domain/ids.ts';
import type { SnapshotContent, SnapshotReason } from '#lib/protocol/snapshots.ts';
import type { Sql } from '#server/db/client.ts';
import type { Change } from '#server/live/change.ts';
import type { SnapshotEntry } from '#server/live/workshop-state.ts';

import { hashOf } from './canonical-json.ts';
import { readSnapshotContent } from './snapshot-content.ts';
import { findLatestHash, insertSnapshot } from './snapshots-queries.ts';

export type SnapshotOrder = {
	readonly id: SnapshotId;
	readonly workshopId: WorkshopId;
	/** Epoch milliseconds. */
	readonly takenAt: number;
	readonly reason: SnapshotReason;
	readonly note: string | null;
	/** The step that is running or has just ended. */
	readonly stepId: StepId | null;
	/** Who asked for it, if somebody did. */
	readonly accountId: AccountId | null;
	/** Take none if nothing has changed since the last one. */
	readonly onlyIfChanged: boolean;
};

/** Takes a snapshot of the rows as they stand in this transaction; `undefined` if none was due. */
export async function takeSnapshot(
	sql: Sql,
	order: SnapshotOrder,
): Promise<{ entry: SnapshotEntry; content: SnapshotContent } | undefined> {
	const { workshopId, onlyIfChanged, ...rest } = order;
	const content = await readSnapshotContent(sql, workshopId);
	const hash = hashOf(content);
	if (onlyIfChanged && hash === (await findLatestHash(sql, workshopId))) return undefined;
	const ideas = content.ideas.filter((idea) => idea.state === 'published').length;
	await insertSnapshot(sql, { ...rest, workshopId, takenAt: new Date(rest.takenAt), ideas, hash, content });
	return { entry: { ...rest, ideas, hash }, content };
}

/** A snapshot as a change for the command pipeline: taken in the transaction of the batch, after what the batch changes. */
export function snapshotChange(order: SnapshotOrder): Change {
	return {
		type: 'run',
		run: async (tx) => {
			const taken = await takeSnapshot(tx, order);
			return taken === undefined ? [] : [{ type: 'put', entity: 'snapshot', row: taken.entry }];
		},
	};
}
