import { stat } from 'node:fs/promises';
import path from 'node:path';

import { findFile, readRecords, readTable } from './csv-table.ts';
import { polisColumns, polisComment } from './polis-rows.ts';

/** A folder with the files of one Polis conversation. */
export type PolisExport = {
	/** Tells conversations apart, whatever their folder is called. */
	readonly conversation: string;
	readonly topic: string | null;
	readonly files: PolisFiles;
};

export type PolisFiles = { readonly comments: string; readonly votes: string; readonly participants: string };

/**
 * Finds the files of an export; each may be gzipped. Newer exports call the participants' file `participants-votes.csv`.
 * @throws AppError `import.fileMissing`, `import.columnMissing`, `import.fileUnreadable`
 */
export async function openPolisExport(folder: string): Promise<PolisExport> {
	const files = {
		comments: await findFile(folder, ['comments.csv']),
		votes: await findFile(folder, ['votes.csv']),
		participants: await findFile(folder, ['participants.csv', 'participants-votes.csv']),
	};
	const summary = await readSummary(folder);
	const nameInAddress = summary
		.get('url')
		?.split('/')
		.findLast((part) => part !== '');
	return {
		conversation: nameInAddress ?? (await beginningOf(files.comments)),
		topic: summary.get('topic') ?? null,
		files,
	};
}

/** The pairs of summary.csv, which has no header; nothing if the export has no such file. */
async function readSummary(folder: string): Promise<ReadonlyMap<string, string>> {
	const pairs = new Map<string, string>();
	const file = path.join(folder, 'summary.csv');
	const found = await stat(file).catch(() => null);
	if (!found?.isFile()) return pairs;
	for await (const record of readRecords(file)) {
		if (!('fields' in record)) continue;
		const [name = '', value = ''] = record.fields;
		pairs.set(name.trim(), value.trim());
	}
	return pairs;
}

/** The moment of the first contribution stays the same however often a conversation is exported. */
async function beginningOf(commentsFile: string): Promise<string> {
	let first = Number.POSITIVE_INFINITY;
	for await (const entry of readTable(commentsFile, polisColumns.comments, polisComment)) {
		if ('row' in entry) first = Math.min(first, entry.row.writtenAt.getTime());
	}
	return Number.isFinite(first) ? `since-${first}` : 'empty';
}
