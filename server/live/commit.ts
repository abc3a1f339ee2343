import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Sql, Transaction } from '#server/db/client.ts';
import type { CommitLane } from '#server/db/group-commit.ts';

import type { Change } from './change.ts';
import { findAcks } from './state-queries.ts';
import type { WorkshopState } from './workshop-state.ts';
import { writeChanges, writeCommandLog, type AcceptedCommand } from './write-queries.ts';

/** The accepted commands of one workshop, on their way into Postgres. */
export type CommandEntry = {
	readonly workshopId: WorkshopId;
	readonly accepted: readonly AcceptedCommand[];
	/** The state as these commands left it. */
	readonly state: WorkshopState;
	/** Set by the lane. */
	written: Written | null;
};

export type Written = {
	/** What `run` changes brought about inside the transaction: written already, to be applied to the state now. */
	readonly following: readonly Change[];
	/** What is to be done now that it is certain. */
	readonly afterwards: readonly (() => Promise<void>)[];
	/** An attempt whose answer was lost had written it; what ran inside that attempt is known to the rows only. */
	readonly earlier: boolean;
};

/** Writes the commands of all workshops and the answers to them. What runs inside its transaction has one of its own. */
export const commandLane: CommitLane<CommandEntry> = {
	async write(tx, entries, attempt) {
		await Promise.all(
			entries.map(async (entry) => {
				entry.written = attempt > 0 && (await isWritten(tx, entry)) ? writtenEarlier : await write(tx, entry);
			}),
		);
	},
	isAlone: ({ accepted }) => accepted.some(({ changes }) => changes.some((change) => change.type === 'run')),
};

const writtenEarlier: Written = { following: [], afterwards: [], earlier: true };

async function write(tx: Transaction, { workshopId, accepted, state }: CommandEntry): Promise<Written> {
	const logged = accepted.flatMap((command) =>
		command.actor === null || command.unlogged ? [] : [{ ...command, actor: command.actor }],
	);
	const following: Change[] = [];
	const afterwards: (() => Promise<void>)[] = [];
	await Promise.all([
		writeChanges(tx, workshopId, accepted),
		logged.length > 0 ? writeCommandLog(tx, workshopId, logged) : undefined,
	]);
	for (const command of accepted) {
		for (const change of command.changes) {
			if (change.type === 'afterwards') afterwards.push(change.work);
			if (change.type !== 'run') continue;
			const changes = await change.run(tx, state);
			await writeChanges(tx, workshopId, [{ ...command, changes }]);
			following.push(...changes);
			if (change.committed) afterwards.push(change.committed);
		}
	}
	return { following, afterwards, earlier: false };
}

/**
 * Whether commands are in the database although their commit seemed to fail: their answers stand in the command log.
 * What holds no logged command (somebody joined, somebody unrecorded wrote) can't be told; writing its rows again changes nothing.
 */
async function isWritten(sql: Sql, { accepted }: CommandEntry): Promise<boolean> {
	const logged = accepted.find(({ actor, unlogged }) => actor !== null && !unlogged);
	if (!logged?.actor) return false;
	return (await findAcks(sql, [{ actorId: logged.actor.id, id: logged.id }])).length > 0;
}
