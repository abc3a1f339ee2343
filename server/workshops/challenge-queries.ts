import type { ChallengeId, EditionId, WorkshopId } from '#lib/domain/ids.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { Sql } from '#server/db/client.ts';

export type ChallengeRow = { readonly id: ChallengeId; readonly position: number; readonly question: LocalizedText };

export async function selectChallenges(sql: Sql, editionId: EditionId): Promise<ChallengeRow[]> {
	return sql<ChallengeRow[]>`
		select id, position, question from challenge where edition_id = ${editionId} order by position, id
	`;
}

/** Adds a challenge at the end; one with a source key that is there already stays as it is. */
export async function insertChallenge(
	sql: Sql,
	editionId: EditionId,
	question: LocalizedText,
	sourceKey: string | null = null,
): Promise<ChallengeId> {
	const [row] = await sql<[{ id: ChallengeId }]>`
		insert into challenge (edition_id, question, position, source_key)
		values (
			${editionId}, ${sql.json(question)},
			(select coalesce(max(position) + 1, 0) from challenge where edition_id = ${editionId}), ${sourceKey}
		)
		on conflict (edition_id, source_key) do update set source_key = excluded.source_key
		returning id
	`;
	return row.id;
}

export async function updateChallenge(sql: Sql, id: ChallengeId, question: LocalizedText): Promise<void> {
	await sql`update challenge set question = ${sql.json(question)} where id = ${id}`;
}

export async function deleteChallenge(sql: Sql, id: ChallengeId): Promise<void> {
	await sql`delete from challenge where id = ${id}`;
}

/** The workshops with a table at which this challenge lies. */
export async function selectWorkshopsWithChallenge(sql: Sql, id: ChallengeId): Promise<WorkshopId[]> {
	const rows = await sql<{ workshopId: WorkshopId }[]>`
		select distinct workshop_id as "workshopId" from workshop_table where challenge_id = ${id}
	`;
	return rows.map(({ workshopId }) => workshopId);
}
