import type { RunningApp } from '../running-app.ts';
import { keepAmongTheTable, leaveNoTrace, pitch, walkThroughTheSteps } from './among-tables.ts';
import { arrive } from './arriving.ts';
import { collect, failToCommit, waitForACommit, waitForWords } from './collecting.ts';
import { blockSomebody, changeTables, leave } from './coming-and-going.ts';
import { useTheInbox, writeInSilence, writeWithoutNames } from './drafts-and-inbox.ts';
import { RecordedHall, type HallOptions } from './hall.ts';
import type { Moment } from './moments.ts';
import type { Recording } from './scan.ts';
import { secretsOf } from './secrets-of-the-evening.ts';
import { hideANote, writeTheSheet } from './striking-and-hiding.ts';
import { count, end, found, lookBack, vote } from './voting-and-founding.ts';

export type EveningOptions = HallOptions & {
	/** The last moment that matters; usually the end. */
	readonly until?: Moment;
};

const chapters = [
	arrive,
	collect,
	waitForACommit,
	waitForWords,
	failToCommit,
	writeInSilence,
	useTheInbox,
	writeWithoutNames,
	keepAmongTheTable,
	leaveNoTrace,
	walkThroughTheSteps,
	writeTheSheet,
	pitch,
	hideANote,
	changeTables,
	blockSomebody,
	leave,
	vote,
	count,
	found,
	lookBack,
	end,
];

/** A whole evening, with one secret after another, and people who try every door in between. What everybody got is recorded. */
export async function recordEvening(app: RunningApp, options: EveningOptions = {}): Promise<Recording> {
	await using hall = await RecordedHall.open(app, options);
	for (const chapter of chapters) if (!hall.isPast(options.until)) await chapter(hall);
	return await hall.recording(secretsOf(hall));
}
