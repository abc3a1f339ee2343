import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Sql } from '#server/db/client.ts';

export type RehearsedRow = { readonly marked: boolean; readonly people: number; readonly ideas: number };

/** Whether a workshop is marked as a rehearsal, and what clearing would remove. */
export async function findRehearsed(sql: Sql, id: WorkshopId): Promise<RehearsedRow | undefined> {
	const [row] = await sql<RehearsedRow[]>`
		select w.rehearsal as marked,
			(select count(*) from participant p where p.workshop_id = w.id) as people,
			(
				select count(*) from idea i join board b on b.id = i.board_id
				where b.workshop_id = w.id and i.source_key is null
			) as ideas
		from workshop w where w.id = ${id}
	`;
	return row;
}
