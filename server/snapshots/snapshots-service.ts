import { randomUUID } from 'node:crypto';

import type { SnapshotId } from '#lib/domain/ids.ts';
import { formatsOf } from '#lib/i18n/formats.ts';
import { translator } from '#lib/i18n/translator.ts';
import type { SnapshotReason } from '#lib/protocol/snapshots.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandHandlers } from '#server/live/command-handler.ts';
import type { WorkshopState } from '#server/live/workshop-state.ts';

import { createSnapshotCommands, type SnapshotCommandName } from './snapshot-commands.ts';
import { snapshotChange } from './take-snapshot.ts';

export type SnapshotsService = {
	readonly commands: CommandHandlers<SnapshotCommandName>;
	/**
	 * A snapshot that the program takes by itself, as a change to add to the changes it belongs to: at the end of a step (the
	 * state is then still the one of that step), at the close of a vote, at the end of the evening. The `periodic` one, to be
	 * ordered every five minutes, is taken only if something has changed since the last.
	 */
	automatic(
		reason: Exclude<SnapshotReason, 'on-demand' | 'before-restore'>,
		moment: { readonly state: Readonly<WorkshopState>; readonly now: number },
	): Change;
};

export const periodicSnapshotMs = 5 * 60 * 1000;

export function createSnapshotsService(options: {
	readonly replaceText: (documentId: string, texts: Readonly<Record<string, string>>) => Promise<void>;
}): SnapshotsService {
	return {
		commands: createSnapshotCommands({
			replaceText: options.replaceText,
			hideReason: (language, takenAt) =>
				translator(language)('report:hiddenByRestore', { at: formatsOf(language).dateTime(takenAt) }),
		}),
		automatic: (reason, { state, now }) =>
			snapshotChange({
				id: randomUUID() as SnapshotId,
				workshopId: state.workshop.id,
				takenAt: now,
				reason,
				note: null,
				stepId: state.workshop.currentStepId,
				accountId: null,
				onlyIfChanged: reason === 'periodic',
			}),
	};
}
