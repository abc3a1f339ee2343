import { randomUUID } from 'node:crypto';

import { createSessions } from '#server/accounts/sessions.ts';
import type { Database } from '#server/db/client.ts';

import { seedWorkshop, type SeededWorkshop } from '../../helpers/seeded-workshop.ts';

import { ideaText, type BoardSize } from './board-writers.ts';
import type { DocumentPlan } from './load.ts';
import type { DocumentKind } from './replica.ts';
import type { MeasuredServer } from './servers.ts';
import { proseOf } from './words.ts';

export type BenchWorkshop = SeededWorkshop & {
	/** Each the session of a participant of its own, at the first table. */
	readonly cookies: readonly string[];
};

/**
 * A workshop in which everybody sits at the first table, and the step lets them write everything: ideas, their places and the
 * sheet. People and sessions are made in the database, since what is measured begins with their connections.
 */
export async function seedBenchWorkshop(database: Database, people: number): Promise<BenchWorkshop> {
	const workshop = await seedWorkshop(database, { step: 'collect' });
	const rules = { add: true, edit: true, arrange: 'table', sheet: true };
	await database`update step set rules = rules || ${database.json(rules)} where id = ${workshop.steps.collect}`;
	const [table] = workshop.tables;
	const cookies = await database.begin(async (sql) => {
		const guests = await sql<{ id: string }[]>`
			with newcomer as (insert into guest select from generate_series(1, ${people}::integer) returning id)
			insert into participant (workshop_id, guest_id, nickname, language, table_id)
			select ${workshop.workshopId}, id, 'Person ' || (row_number() over ()), 'de', ${table.id} from newcomer returning guest_id as id`;
		const sessions = createSessions(sql);
		const lines: string[] = [];
		for (const { id } of guests)
			lines.push(await sessions.begin('guest', id, { cookieHeader: undefined, secure: false }));
		return lines.map((line) => line.slice(0, line.indexOf(';')));
	});
	return { ...workshop, cookies };
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

const usualText = proseOf(10_000);
const usualBoard: BoardSize = { ideas: 500, groups: 12 };

/** A text or board of the usual size; ours is a table's in a workshop of its own, with `people` who may write there. */
export async function planDocument(
	{ name: server, port }: MeasuredServer,
	kind: DocumentKind,
	people: number,
	database: Database,
): Promise<DocumentPlan> {
	if (server !== 'ours') {
		const content = kind === 'text' ? { text: usualText } : { board: usualBoard };
		return { server, port, kind, documentId: randomUUID(), cookies: [], content };
	}
	const { tables, code, cookies } = await seedBenchWorkshop(database, people);
	const [table] = tables;
	if (kind === 'text') return { server, port, kind, documentId: table.sheetId, cookies, content: { text: usualText } };
	const groups = await seedBoard(database, table.boardId, usualBoard);
	return { server, port, kind, documentId: table.boardId, cookies, content: { code, groups } };
}
