import type { BoardId, ChallengeId, DocumentId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { Sql } from '#server/db/client.ts';

export type TableContent = {
	readonly name: string;
	readonly challengeId: ChallengeId | null;
	readonly capacity: number;
	/** Whoever sits there takes part from home. */
	readonly atHome: boolean;
};

export type TableRow = TableContent & {
	readonly id: TableId;
	readonly position: number;
	readonly boardId: BoardId;
	/** People who chose this table. */
	readonly people: number;
	/** Ideas on its board, whatever their state. */
	readonly ideas: number;
};

export async function selectTables(sql: Sql, workshopId: WorkshopId): Promise<TableRow[]> {
	return sql<TableRow[]>`
		select t.id, t.position, t.name, t.challenge_id as "challengeId", t.capacity, t.at_home as "atHome", b.id as "boardId",
			(select count(*)::integer from participant p where p.table_id = t.id) as people,
			(select count(*)::integer from idea i where i.board_id = b.id) as ideas
		from workshop_table t join board b on b.table_id = t.id
		where t.workshop_id = ${workshopId} order by t.position
	`;
}

export async function insertTable(
	sql: Sql,
	workshopId: WorkshopId,
	position: number,
	table: TableContent,
): Promise<TableId> {
	const [row] = await sql<[{ id: TableId }]>`
		insert into workshop_table (workshop_id, position, name, challenge_id, capacity, at_home)
		values (${workshopId}, ${position}, ${table.name}, ${table.challengeId}, ${table.capacity}, ${table.atHome})
		returning id
	`;
	return row.id;
}

/** @param tableId `null` for the board of the plenary */
export async function insertBoard(sql: Sql, workshopId: WorkshopId, tableId: TableId | null): Promise<BoardId> {
	const [row] = await sql<[{ id: BoardId }]>`
		insert into board (workshop_id, table_id) values (${workshopId}, ${tableId}) returning id
	`;
	return row.id;
}

export async function findPlenaryBoard(sql: Sql, workshopId: WorkshopId): Promise<BoardId | undefined> {
	const [row] = await sql<{ id: BoardId }[]>`
		select id from board where workshop_id = ${workshopId} and table_id is null
	`;
	return row?.id;
}

export async function updateTable(sql: Sql, id: TableId, table: TableContent): Promise<void> {
	await sql`
		update workshop_table set
			name = ${table.name}, challenge_id = ${table.challengeId}, capacity = ${table.capacity}, at_home = ${table.atHome}
		where id = ${id}
	`;
}

export async function deleteTable(sql: Sql, id: TableId): Promise<void> {
	await sql`delete from workshop_table where id = ${id}`;
}

/** Gives the tables the positions of this order, counted from 0. */
export async function orderTables(sql: Sql, ids: readonly TableId[]): Promise<void> {
	await sql`
		update workshop_table set position = wanted.position - 1
		from unnest(${[...ids]}::uuid[]) with ordinality as wanted (id, position)
		where workshop_table.id = wanted.id
	`;
}

export async function selectSheetIds(
	sql: Sql,
	workshopId: WorkshopId,
): Promise<{ id: DocumentId; tableId: TableId }[]> {
	return sql<{ id: DocumentId; tableId: TableId }[]>`
		select id, table_id as "tableId" from text_document
		where workshop_id = ${workshopId} and kind = 'sheet' and table_id is not null
	`;
}

export async function deleteSheet(sql: Sql, id: DocumentId): Promise<void> {
	await sql`delete from text_document where id = ${id}`;
}
