import type { Sql } from '#server/db/client.ts';

export type TextDocumentRow = {
	readonly id: string;
	readonly workshopId: string | null;
	readonly tableId: string | null;
	readonly projectId: string | null;
	readonly kind: 'sheet';
	readonly headings: readonly string[];
};

export type NewTextDocument = Omit<TextDocumentRow, 'id'> & { readonly grantKey: Uint8Array };

/** One update as it lies in Postgres; `opening` and `seq` give the order. */
export type TextUpdateRow = {
	readonly documentId: string;
	readonly opening: number;
	readonly seq: number;
	readonly bytes: Uint8Array;
};

export async function insertTextDocument(sql: Sql, document: NewTextDocument): Promise<string> {
	const [row] = await sql<{ id: string }[]>`
		insert into text_document (workshop_id, table_id, project_id, kind, headings, grant_key)
		values (${document.workshopId}, ${document.tableId}, ${document.projectId}, ${document.kind},
			${sql.json(document.headings)}, ${document.grantKey})
		returning id`;
	if (row === undefined) throw new Error('insert … returning gave no row');
	return row.id;
}

export async function findTextDocument(sql: Sql, id: string): Promise<TextDocumentRow | null> {
	const [row] = await sql<TextDocumentRow[]>`
		select id, workshop_id as "workshopId", table_id as "tableId", project_id as "projectId", kind, headings
		from text_document where id = ${id}`;
	return row ?? null;
}

/** All updates of a document in their order. */
export async function selectUpdates(sql: Sql, documentId: string): Promise<readonly TextUpdateRow[]> {
	return sql<TextUpdateRow[]>`
		select document_id as "documentId", opening, seq, bytes
		from text_update where document_id = ${documentId} order by opening, seq`;
}

export async function findTextDocuments(sql: Sql, ids: readonly string[]): Promise<readonly TextDocumentRow[]> {
	return sql<TextDocumentRow[]>`
		select id, workshop_id as "workshopId", table_id as "tableId", project_id as "projectId", kind, headings
		from text_document where id = any(${[...ids]}::uuid[])`;
}

/** All updates of these documents, those of each in their order. */
export async function selectUpdatesOf(sql: Sql, documentIds: readonly string[]): Promise<readonly TextUpdateRow[]> {
	return sql<TextUpdateRow[]>`
		select document_id as "documentId", opening, seq, bytes
		from text_update where document_id = any(${[...documentIds]}::uuid[]) order by document_id, opening, seq`;
}

/**
 * Starts a new opening: waits for writers of the one before, whose later writes then fail {@link lockOpenings}.
 * To be run in the transaction that reads the updates.
 */
export async function beginOpening(
	sql: Sql,
	documentId: string,
): Promise<{ readonly opening: number; readonly grantKey: Uint8Array; readonly headings: readonly string[] } | null> {
	await sql`select 1 from text_document where id = ${documentId} for update`;
	const [row] = await sql<{ opening: number; grantKey: Uint8Array; headings: readonly string[] }[]>`
		update text_document set opening = opening + 1 where id = ${documentId}
		returning opening, grant_key as "grantKey", headings`;
	return row ?? null;
}

/** The current opening of each document that still exists; no other process can begin one until the transaction ends. */
export async function lockOpenings(sql: Sql, documentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
	const rows = await sql<{ id: string; opening: number }[]>`
		select id, opening from text_document where id = any(${[...documentIds]}::uuid[]) order by id for key share`;
	return new Map(rows.map((row) => [row.id, row.opening]));
}

/** The driver can't tell an array of buffers from a buffer by itself. */
const byteaType = 17;

/** Appends updates. A row that is there already stays: only a repeated attempt of the same process writes it twice. */
export async function insertUpdates(sql: Sql, updates: readonly TextUpdateRow[]): Promise<void> {
	await sql`
		insert into text_update (document_id, opening, seq, bytes)
		select * from unnest(
			${updates.map((update) => update.documentId)}::uuid[], ${updates.map((update) => update.opening)}::int[],
			${updates.map((update) => update.seq)}::int[], ${sql.array(
				updates.map((update) => Buffer.from(update.bytes)),
				byteaType,
			)}::bytea[])
		on conflict do nothing`;
}

/** Deletes what a compacted update replaces: everything before it. */
export async function deleteUpdatesBefore(sql: Sql, update: TextUpdateRow): Promise<void> {
	await sql`
		delete from text_update
		where document_id = ${update.documentId} and (opening, seq) < (${update.opening}, ${update.seq})`;
}
