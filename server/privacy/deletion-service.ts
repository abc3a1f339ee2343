import type { WorkshopId } from '#lib/domain/ids.ts';
import { calendarDay } from '#server/calendar-day.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import type { LiveService } from '#server/live/live-service.ts';
import type { Logger } from '#server/logger.ts';

import {
	deleteUnusedGuests,
	eraseAuditDetail,
	eraseAuthors,
	eraseCommandLog,
	eraseParticipants,
	eraseProjectMembers,
	eraseSeats,
	findDueWorkshops,
	markDeleted,
	noteDeletion,
} from './privacy-queries.ts';

/**
 * Keeps the promise of the privacy notice: on a workshop's day, what says who somebody is goes, for good. Ideas, groups, votes as
 * counted, sheets and projects stay; they are what the evening was for.
 *
 * It may run any number of times. A workshop that got personal data again after its day is cleared again.
 */
export type DeletionOptions = {
	readonly database: Database;
	readonly clock: Clock;
	readonly logger: Logger;
	/** So that no command is under way, and nobody's name stays in memory. */
	readonly exclusively: LiveService['exclusively'];
};

/** Several times a day, so that a laptop that is rarely on still keeps the day. */
const everyMs = 6 * 60 * 60 * 1000;
/** A guest without a workshop may just be joining one. */
const unusedGuestKeptMs = 24 * 60 * 60 * 1000;

/** Deletes what is due now. @returns the workshops that were cleared */
export async function deleteDuePersonalData(options: DeletionOptions): Promise<readonly WorkshopId[]> {
	const { database, clock, logger, exclusively } = options;
	const due = await findDueWorkshops(database, calendarDay(clock.now()));
	for (const workshopId of due) {
		const counts = await exclusively(workshopId, () => clearWorkshop(database, workshopId, clock.now()));
		logger.info({ workshopId, ...counts }, 'Personal data of a workshop was deleted, as its privacy notice says');
	}
	const guests = await deleteUnusedGuests(database, new Date(clock.now().getTime() - unusedGuestKeptMs));
	if (guests > 0) logger.info({ guests }, 'Browsers that take part in nothing were forgotten');
	return due;
}

async function clearWorkshop(database: Database, workshopId: WorkshopId, at: Date) {
	return database.begin(async (tx) => {
		const counts = {
			participants: await eraseParticipants(tx, workshopId),
			authors: await eraseAuthors(tx, workshopId),
			projectMembers: await eraseProjectMembers(tx, workshopId),
			seats: await eraseSeats(tx, workshopId),
			commands: await eraseCommandLog(tx, workshopId),
			auditLines: await eraseAuditDetail(tx, workshopId),
		};
		await markDeleted(tx, workshopId, at);
		await noteDeletion(tx, workshopId, at, counts);
		return counts;
	});
}

/** Deletes what is due at once and again every few hours, until it is stopped. */
export function startDeletions(options: DeletionOptions): { stop(): void } {
	function run(): void {
		deleteDuePersonalData(options).catch((error: unknown) => {
			options.logger.error({ err: error }, 'Personal data that is due could not be deleted; this is tried again');
		});
	}
	run();
	const timer = setInterval(run, everyMs).unref();
	return { stop: () => clearInterval(timer) };
}
