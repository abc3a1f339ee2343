import { maxIdeasPerBoard } from '#lib/domain/idea.ts';
import type { BoardId, IdeaId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Sql } from '#server/db/client.ts';
import { markBoardsChanged, plenaryBoardOf } from '#server/workshops/workshop-setup-service.ts';

import { countedRows } from './counted-rows.ts';
import { emptyCounts, type ImportReport } from './import-report.ts';
import type { PolisExport } from './polis-export.ts';
import {
	countVoters,
	insertImportedIdeas,
	insertImportedVoters,
	insertImportedVotes,
	lockForImport,
	measureBoard,
	selectImportedIdeas,
	type ImportedVote,
} from './polis-queries.ts';
import {
	polisColumns,
	polisComment,
	polisParticipant,
	polisVote,
	type PolisComment,
	type PolisVote,
} from './polis-rows.ts';

export type PolisImport = {
	readonly export: PolisExport;
	/** The contributions go to its plenary board. */
	readonly workshopId: WorkshopId;
	/** The language the contributions are written in, if it is one. */
	readonly language: Language | null;
	/** Kept with contributions that were held back, for whoever looks at them. */
	readonly hideReason: string;
};

const rowsPerStatement = 5_000;
const tallyOfState = { published: 'published', hidden: 'heldBack', inbox: 'waiting' } as const;

/**
 * Brings a Polis conversation into a workshop: contributions become ideas, votes statement votes, one row each, voters keep
 * their opinion groups. The published sums (`agrees`, `disagrees`) are left out: they follow from the votes.
 *
 * Runs in the caller's transaction. Nothing that is there is changed: importing again adds what is new. A contribution is
 * known by its id within the conversation. Equal vote rows do occur; they are told apart by counting them through the file.
 *
 * @throws AppError `workshop.unknown`, `import.columnMissing`, `import.fileUnreadable`
 */
export async function importPolis(sql: Sql, order: PolisImport): Promise<ImportReport> {
	const workshop = await lockForImport(sql, order.workshopId);
	if (workshop === undefined) throw new AppError('workshop.unknown');
	const boardId = await plenaryBoardOf(sql, order.workshopId);
	const report: ImportReport = {
		workshopCode: workshop.code,
		topic: order.export.topic,
		comments: { ...emptyCounts(), published: 0, heldBack: 0, waiting: 0 },
		votes: { ...emptyCounts(), voters: 0, pairs: 0 },
		participants: { ...emptyCounts(), groups: {} },
		refusals: [],
	};
	const ideas = await importComments(sql, order, boardId, report);
	await importVotes(sql, order, ideas, report);
	await importParticipants(sql, order, report);
	Object.assign(report.votes, await countVoters(sql, boardId, prefixOf(order)));
	if (report.comments.imported > 0) await markBoardsChanged(sql, order.workshopId);
	return report;
}

/** Keys of different conversations in one workshop don't meet. */
function prefixOf({ export: { conversation } }: PolisImport): string {
	return `polis:${conversation}/`;
}

/** @returns all ideas of the conversation by source key, those of earlier imports included */
async function importComments(
	sql: Sql,
	order: PolisImport,
	boardId: BoardId,
	report: ImportReport,
): Promise<ReadonlyMap<string, IdeaId>> {
	const counts = report.comments;
	const source = { file: order.export.files.comments, columns: polisColumns.comments, schema: polisComment, counts };
	const known = await selectImportedIdeas(sql, boardId, prefixOf(order));
	const board = await measureBoard(sql, boardId);
	const seen = new Set<string>();
	const fresh: PolisComment[] = [];

	for await (const { row: comment, refuse } of countedRows(source, report)) {
		const isKnown = known.has(prefixOf(order) + comment.id);
		if (seen.has(comment.id)) refuse('commentRepeated', 'comment-id');
		else if (!isKnown && board.ideas + fresh.length >= maxIdeasPerBoard) refuse('boardFull');
		else {
			counts[tallyOfState[comment.state]] += 1;
			if (isKnown) counts.alreadyThere += 1;
			else fresh.push(comment);
		}
		seen.add(comment.id);
	}

	fresh.sort((one, other) => one.writtenAt.getTime() - other.writtenAt.getTime());
	const ideas = fresh.map((comment, index) => ({
		...comment,
		sourceKey: prefixOf(order) + comment.id,
		order: board.lastOrder + 1 + index,
	}));
	const { language, hideReason } = order;
	const added = await insertImportedIdeas(sql, { boardId, language, hideReason, colour: 'sun', ideas });
	counts.imported = added.size;
	return new Map([...known, ...added]);
}

async function importVotes(
	sql: Sql,
	order: PolisImport,
	ideas: ReadonlyMap<string, IdeaId>,
	report: ImportReport,
): Promise<void> {
	const counts = report.votes;
	const source = { file: order.export.files.votes, columns: polisColumns.votes, schema: polisVote, counts };
	const occurrences = new Map<string, number>();
	let batch: ImportedVote[] = [];
	const write = async () => {
		const imported = await insertImportedVotes(sql, batch);
		counts.imported += imported;
		counts.alreadyThere += batch.length - imported;
		batch = [];
	};

	for await (const { row: vote, refuse } of countedRows(source, report)) {
		const ideaId = ideas.get(prefixOf(order) + vote.commentId);
		if (ideaId === undefined) {
			refuse('commentUnknown', 'comment-id');
			continue;
		}
		const { value, votedAt } = vote;
		const occurrence = countUp(occurrences, keyOf(vote));
		batch.push({ ideaId, value, votedAt, occurrence, voterKey: prefixOf(order) + vote.voterId });
		if (batch.length >= rowsPerStatement) await write();
	}
	await write();
}

function keyOf({ commentId, voterId, value, votedAt }: PolisVote): string {
	return JSON.stringify([commentId, voterId, value, votedAt.getTime()]);
}

function countUp(counts: Map<string, number>, key: string): number {
	const count = (counts.get(key) ?? 0) + 1;
	counts.set(key, count);
	return count;
}

async function importParticipants(sql: Sql, order: PolisImport, report: ImportReport): Promise<void> {
	const counts = report.participants;
	const { participants: file } = order.export.files;
	const source = { file, columns: polisColumns.participants, schema: polisParticipant, counts };
	const groups = new Map<string, string | null>();

	for await (const { row: participant, refuse } of countedRows(source, report)) {
		const { id, group } = participant;
		if (groups.has(id)) {
			refuse('participantRepeated', 'participant');
			continue;
		}
		groups.set(id, group);
		if (group !== null) counts.groups[group] = (counts.groups[group] ?? 0) + 1;
	}

	const voters = [...groups].map(([id, group]) => ({ voterKey: prefixOf(order) + id, group }));
	for (let start = 0; start < voters.length; start += rowsPerStatement) {
		const batch = voters.slice(start, start + rowsPerStatement);
		counts.imported += await insertImportedVoters(sql, order.workshopId, batch);
	}
	counts.alreadyThere = voters.length - counts.imported;
}
