import type { SnapshotId } from '#lib/domain/ids.ts';
import { isLanguage, type Language } from '#lib/domain/language.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { snapshotContent, type SnapshotContent } from '#lib/protocol/snapshots.ts';
import type { Transaction } from '#server/db/client.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireFacilitator, requireLead } from '#server/live/require.ts';

import { hashOf } from './canonical-json.ts';
import { restoreChanges, sheetsToRestore } from './restore.ts';
import { findEditionLanguage, findSnapshot } from './snapshots-queries.ts';
import { snapshotChange, takeSnapshot, type SnapshotOrder } from './take-snapshot.ts';

export type SnapshotCommandDependencies = {
	/** Makes the texts of a document these, as a change that everybody sees. */
	readonly replaceText: (documentId: string, texts: Readonly<Record<string, string>>) => Promise<void>;
	/** What authors read of an idea that a restore took down. */
	readonly hideReason: (language: Language, snapshotTakenAt: Date) => string;
};

export type SnapshotCommandName = 'snapshot.take' | 'snapshot.restore';

export function createSnapshotCommands({
	replaceText,
	hideReason,
}: SnapshotCommandDependencies): CommandHandlers<SnapshotCommandName> {
	return {
		'snapshot.take'({ note }, context) {
			requireFacilitator(context);
			const order = { ...orderOf(context, 'on-demand'), note: note ?? null };
			return {
				changes: [snapshotChange(order), logged('snapshot.take', { subjectId: order.id })],
				result: { snapshotId: order.id },
			};
		},

		/** The texts of sheets follow after the commit: they are documents of their own, and their writers see them change. */
		'snapshot.restore'({ snapshotId }, context) {
			requireLead(context);
			if (!context.state.snapshots.has(snapshotId)) throw new AppError('snapshot.unknown');
			const before = orderOf(context, 'before-restore');
			let sheets: SnapshotContent['sheets'] = [];
			return {
				changes: [
					{
						type: 'run',
						run: async (tx, state) => {
							const { content, takenAt, language } = await readForRestore(tx, context, snapshotId);
							const taken = await takeSnapshot(tx, before);
							if (taken === undefined) return [];
							sheets = sheetsToRestore(taken.content, content);
							const reason = hideReason(language, takenAt);
							return [
								{ type: 'put', entity: 'snapshot', row: taken.entry },
								...restoreChanges(state, content, { now: context.now, hideReason: reason }),
								logged('snapshot.restore', {
									subjectId: snapshotId,
									inverse: { name: 'snapshot.restore', payload: { snapshotId: before.id } },
								}),
							];
						},
						committed: async () => {
							for (const sheet of sheets) await replaceText(sheet.documentId, sheet.texts);
						},
					},
				],
				result: { snapshotId: before.id },
			};
		},
	};
}

/** @throws AppError `snapshot.unknown`, `snapshot.damaged` */
async function readForRestore(tx: Transaction, { state }: CommandContext, id: SnapshotId) {
	const snapshot = await findSnapshot(tx, state.workshop.id, id);
	if (snapshot === undefined) throw new AppError('snapshot.unknown');
	if (hashOf(snapshot.content) !== snapshot.hash) throw new AppError('snapshot.damaged');
	const language = await findEditionLanguage(tx, state.workshop.editionId);
	return {
		content: snapshotContent.parse(snapshot.content),
		takenAt: snapshot.takenAt,
		language: isLanguage(language) ? language : 'de',
	};
}

function orderOf(context: CommandContext, reason: SnapshotOrder['reason']): SnapshotOrder {
	const { state, actor, now, newId } = context;
	return {
		id: newId() as SnapshotId,
		workshopId: state.workshop.id,
		takenAt: now,
		reason,
		note: null,
		stepId: state.workshop.currentStepId,
		accountId: actor.kind === 'facilitator' ? actor.id : null,
		onlyIfChanged: false,
	};
}
