import { randomUUID } from 'node:crypto';

import type { SnapshotId } from '#lib/domain/ids.ts';
import { formatsOf } from '#lib/i18n/formats.ts';
import { translator } from '#lib/i18n/translator.ts';
import type { SnapshotReason } from '#lib/protocol/snapshots.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandHandlers } from '#server/live/command-handler.ts';
import type { WorkshopState } from '#server/live/workshop-state.ts';

import { createSnapshotCommands, type SnapshotCommandName } from './snapshot-commands.ts';
import { BackgroundSnapshots, type BackgroundSnapshotsOptions } from './background-snapshots.ts';
import type { SnapshotOrder } from './take-snapshot.ts';

export type SnapshotsService = {
	readonly commands: CommandHandlers<SnapshotCommandName>;
	/**
	 * A snapshot that the program takes by itself, as a change to add to the changes it belongs to: at the end of a step, at the
	 * close of a vote, at the end of the evening. It is taken when they are committed, and nobody waits for it. The `periodic`
	 * one, to be ordered every five minutes, is taken only if something has changed since the last.
	 */
	automatic(
		reason: Exclude<SnapshotReason, 'on-demand' | 'before-restore'>,
		moment: { readonly state: Readonly<WorkshopState>; readonly now: number },
	): Change;
	/** Waits for those that are being taken. */
	settled(): Promise<void>;
};

export const periodicSnapshotMs = 5 * 60 * 1000;

export function createSnapshotsService(
	options: BackgroundSnapshotsOptions & {
		readonly replaceText: (documentId: string, texts: Readonly<Record<string, string>>) => Promise<void>;
	},
): SnapshotsService {
	const background = new BackgroundSnapshots(options);
	return {
		commands: createSnapshotCommands({
			replaceText: options.replaceText,
			hideReason: (language, takenAt) =>
				translator(language)('report:hiddenByRestore', { at: formatsOf(language).dateTime(takenAt) }),
		}),
		automatic(reason, { state, now }) {
			const order: SnapshotOrder = {
				id: randomUUID() as SnapshotId,
				workshopId: state.workshop.id,
				takenAt: now,
				reason,
				note: null,
				stepId: state.workshop.currentStepId,
				accountId: null,
				onlyIfChanged: reason === 'periodic',
			};
			return { type: 'afterwards', work: () => background.take(order) };
		},
		settled: () => background.settled(),
	};
}
