import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Database } from '#server/db/client.ts';

import type { Change } from './change.ts';
import { findAcks } from './state-queries.ts';
import type { WorkshopState } from './workshop-state.ts';
import { writeChanges, writeCommandLog, type AcceptedCommand } from './write-queries.ts';

export type Committed = {
	/** What `run` changes brought about inside the transaction: written already, to be applied to the state now. */
	readonly following: readonly Change[];
	/** What is to be done now that it is certain. */
	readonly afterwards: readonly (() => Promise<void>)[];
};

/** Writes a batch in one transaction, the answers with it. Throws the database's error; then nothing was written. */
export async function commit(
	database: Database,
	workshopId: WorkshopId,
	accepted: readonly AcceptedCommand[],
	state: WorkshopState,
): Promise<Committed> {
	const logged = accepted.flatMap((command) => (command.actor === null ? [] : [{ ...command, actor: command.actor }]));
	return database.begin(async (tx) => {
		const following: Change[] = [];
		const afterwards: (() => Promise<void>)[] = [];
		await Promise.all([
			writeChanges(tx, workshopId, accepted),
			logged.length > 0 ? writeCommandLog(tx, workshopId, logged) : undefined,
		]);
		for (const command of accepted) {
			for (const change of command.changes) {
				if (change.type !== 'run') continue;
				const changes = await change.run(tx, state);
				await writeChanges(tx, workshopId, [{ ...command, changes }]);
				following.push(...changes);
				if (change.committed) afterwards.push(change.committed);
			}
		}
		return { following, afterwards };
	});
}

/**
 * Whether a batch is in the database although its commit seemed to fail: its answers stand in the command log.
 * A batch that holds no command (somebody joined) can't be told; writing its rows again changes nothing.
 */
export async function wasCommitted(database: Database, accepted: readonly AcceptedCommand[]): Promise<boolean> {
	const logged = accepted.find(({ actor }) => actor !== null);
	if (!logged?.actor) return false;
	return (await findAcks(database, [{ actorId: logged.actor.id, id: logged.id }])).size > 0;
}
