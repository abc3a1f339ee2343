import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Database } from '#server/db/client.ts';
import type { SnapshotEntry } from '#server/live/workshop-state.ts';
import type { Logger } from '#server/logger.ts';

import { takeSnapshot, type SnapshotOrder } from './take-snapshot.ts';

export type BackgroundSnapshotsOptions = {
	readonly database: Database;
	readonly logger: Logger;
	/** A snapshot was taken: the workshop is to know of it. */
	readonly taken: (workshopId: WorkshopId, entry: SnapshotEntry) => Promise<void>;
};

/**
 * Snapshots that the program takes by itself. Reading a large workshop takes longer than a command may wait, so they are taken beside
 * the commands, out of the rows as they are committed then; one at a time for each workshop. Of orders for the same reason
 * that come while one is being taken (a hundred tables' votes are closed), the last stands for all of them.
 */
export class BackgroundSnapshots {
	readonly #options: BackgroundSnapshotsOptions;
	readonly #waiting = new Map<WorkshopId, Map<string, SnapshotOrder>>();
	readonly #running = new Map<WorkshopId, Promise<void>>();

	constructor(options: BackgroundSnapshotsOptions) {
		this.#options = options;
	}

	/** Settles when nothing more waits for this workshop. Never rejects: what fails is logged, and the next one is due soon. */
	take(order: SnapshotOrder): Promise<void> {
		const { workshopId } = order;
		const waiting = this.#waiting.get(workshopId) ?? new Map<string, SnapshotOrder>();
		this.#waiting.set(workshopId, waiting);
		waiting.delete(reasonOf(order));
		waiting.set(reasonOf(order), order);
		const running = this.#running.get(workshopId) ?? this.#run(workshopId, waiting);
		this.#running.set(workshopId, running);
		return running;
	}

	/** Waits for what was ordered. */
	async settled(): Promise<void> {
		await Promise.all(this.#running.values());
	}

	async #run(workshopId: WorkshopId, waiting: Map<string, SnapshotOrder>): Promise<void> {
		// What is ordered in the same moment is one.
		await Promise.resolve();
		for (const [reason, order] of waiting) {
			waiting.delete(reason);
			try {
				await this.#take(order);
			} catch (error) {
				this.#options.logger.error({ err: error, workshopId, reason }, 'an automatic snapshot was not taken');
			}
		}
		this.#running.delete(workshopId);
		this.#waiting.delete(workshopId);
	}

	async #take(order: SnapshotOrder): Promise<void> {
		const { database, taken } = this.#options;
		const snapshot = await database.begin('isolation level repeatable read', (sql) => takeSnapshot(sql, order));
		if (snapshot !== undefined) await taken(order.workshopId, snapshot.entry);
	}
}

/** What happened in one step is not what happened in another. */
function reasonOf({ reason, stepId }: SnapshotOrder): string {
	return `${reason} ${stepId ?? ''}`;
}
