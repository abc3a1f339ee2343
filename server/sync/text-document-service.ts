import { randomBytes } from 'node:crypto';

import * as Y from 'yjs';

import { AppError } from '#lib/protocol/errors.ts';
import type { Sql } from '#server/db/client.ts';

import { readable } from './text-edits.ts';
import { findTextDocuments, insertTextDocument, insertUpdates, selectUpdatesOf } from './text-document-queries.ts';

export type NewSheet = {
	readonly workshopId: string | null;
	readonly tableId: string | null;
	readonly projectId: string | null;
	/** Keys of the headings in their order. */
	readonly headings: readonly string[];
	/** What stands under them from the start. */
	readonly text?: Readonly<Partial<Record<string, string>>>;
};

const grantKeyBytes = 32;
const firstTextClientId = 1;

/** Makes a document that people write together; returns its id. Runs in the caller's transaction. */
export async function createTextDocument(sql: Sql, sheet: NewSheet): Promise<string> {
	const { text = {}, ...row } = sheet;
	const id = await insertTextDocument(sql, { ...row, kind: 'sheet', grantKey: randomBytes(grantKeyBytes) });
	const document = new Y.Doc();
	document.clientID = firstTextClientId;
	document.transact(() => {
		for (const heading of sheet.headings) document.getText(heading).insert(0, readable(text[heading] ?? ''));
	});
	await insertUpdates(sql, [{ documentId: id, opening: 0, seq: 0, bytes: Y.encodeStateAsUpdate(document) }]);
	document.destroy();
	return id;
}

/**
 * The text under each heading as it stands in Postgres, for reports, snapshots and the founding of a project.
 * @throws AppError `document.unknown`
 */
export async function readTextDocument(sql: Sql, documentId: string): Promise<Record<string, string>> {
	const texts = (await readTextDocuments(sql, [documentId])).get(documentId);
	if (texts === undefined) throw new AppError('document.unknown');
	return texts;
}

/** The same for many documents, in two queries; those that aren't there are left out. */
export async function readTextDocuments(
	sql: Sql,
	documentIds: readonly string[],
): Promise<ReadonlyMap<string, Record<string, string>>> {
	const rows = await findTextDocuments(sql, documentIds);
	const updates = Map.groupBy(await selectUpdatesOf(sql, documentIds), ({ documentId }) => documentId);
	return new Map(rows.map(({ id, headings }) => [id, textsOf(headings, updates.get(id) ?? [])]));
}

function textsOf(headings: readonly string[], updates: readonly { readonly bytes: Uint8Array }[]) {
	const document = new Y.Doc();
	document.transact(() => {
		for (const { bytes } of updates) Y.applyUpdate(document, bytes);
	});
	const texts = headings.map((heading) => [heading, document.getText(heading).toJSON()] as const);
	document.destroy();
	return Object.fromEntries(texts);
}
