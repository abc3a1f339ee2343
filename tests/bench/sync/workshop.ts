import { createSessions } from '#server/accounts/sessions.ts';
import type { Database } from '#server/db/client.ts';
import { createTextDocument } from '#server/sync/text-document-service.ts';
import { sheetHeadings } from '#lib/domain/sheet.ts';

import { seedWorkshop } from '../../helpers/seeded-workshop.ts';

import { ideaText, type BoardSize } from './board-writers.ts';

export type BenchTable = {
	readonly boardId: string;
	readonly sheetId: string;
	/** Each the session of a participant of its own at this table. */
	readonly cookies: readonly string[];
};

export type BenchWorkshop = { readonly code: string; readonly tables: readonly BenchTable[] };

/**
 * A workshop whose step lets people write everything at their table: ideas, their places and the sheet. People and sessions are
 * made in the database, since what is measured begins with their connections.
 */
export async function seedBenchWorkshop(
	database: Database,
	{ tables, peopleEach }: { tables: number; peopleEach: number },
): Promise<BenchWorkshop> {
	const { workshopId, steps, code } = await seedWorkshop(database, { step: 'collect' });
	const rules = { add: 'everybody', edit: 'authors', arrange: 'everybody', sheet: 'everybody' };
	await database`update step set rules = rules || ${database.json(rules)} where id = ${steps.collect}`;
	await database`
		insert into workshop_table (workshop_id, position, name)
		select ${workshopId}, position, 'Table ' || position from generate_series(3, ${tables}::integer) as position`;
	const rows = await database<{ id: string }[]>`
		update workshop_table set capacity = 2000 where workshop_id = ${workshopId} returning id`;
	const seeded: BenchTable[] = [];
	for (const { id: tableId } of rows.slice(0, tables)) {
		await database`insert into board (workshop_id, table_id) values (${workshopId}, ${tableId}) on conflict do nothing`;
		const cookies = await seedPeople(database, { workshopId, tableId, count: peopleEach });
		seeded.push({ ...(await documentsOf(database, workshopId, tableId)), cookies });
	}
	return { code, tables: seeded };
}

async function documentsOf(
	database: Database,
	workshopId: string,
	tableId: string,
): Promise<{ boardId: string; sheetId: string }> {
	const [row] = await database<{ boardId: string; sheetId: string | null }[]>`
		select board.id as "boardId", sheet.id as "sheetId"
		from board left join text_document sheet on sheet.table_id = board.table_id and sheet.project_id is null
		where board.table_id = ${tableId}`;
	if (row === undefined) throw new Error('The table has no board');
	const sheet = { workshopId, tableId, projectId: null, headings: sheetHeadings };
	return { boardId: row.boardId, sheetId: row.sheetId ?? (await createTextDocument(database, sheet)) };
}

async function seedPeople(
	database: Database,
	{ workshopId, tableId, count }: { workshopId: string; tableId: string; count: number },
): Promise<string[]> {
	return database.begin(async (sql) => {
		const guests = await sql<{ id: string }[]>`
			with newcomer as (insert into guest select from generate_series(1, ${count}::integer) returning id)
			insert into participant (workshop_id, guest_id, nickname, language, table_id)
			select ${workshopId}, id, 'Person ' || (row_number() over ()), 'de', ${tableId} from newcomer
			returning guest_id as id`;
		const sessions = createSessions(sql);
		const cookies: string[] = [];
		for (const { id } of guests) {
			const line = await sessions.begin('guest', id, { cookieHeader: undefined, secure: false });
			cookies.push(line.slice(0, line.indexOf(';')));
		}
		return cookies;
	});
}

/** Fills a board with published ideas; returns the ids of its groups. */
export async function seedBoard(database: Database, boardId: string, { ideas, groups }: BoardSize): Promise<string[]> {
	const made = await database<{ id: string }[]>`
		insert into idea_group (board_id, title, sort_order, colour)
		select ${boardId}, 'Group ' || number, number, 'sky' from generate_series(1, ${groups}::integer) as number returning id`;
	const ids = made.map(({ id }) => id);
	const texts = Array.from({ length: ideas }, (_, index) => ideaText(index));
	await database`
		insert into idea (board_id, text, state, shows_name, sort_order, colour, group_id, published_at)
		select ${boardId}, text, 'published', true, number, 'sun', (${ids}::uuid[])[1 + number % ${groups}::integer], now()
		from unnest(${texts}::text[]) with ordinality as idea (text, number)`;
	return ids;
}
