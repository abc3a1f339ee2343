import type { DotTally } from '#lib/domain/dot-vote.ts';
import type { AccountId, EditionId, ProjectId, SnapshotId, StepId, WorkshopId } from '#lib/domain/ids.ts';
import type { SnapshotContent, SnapshotIdea, SnapshotReason } from '#lib/protocol/snapshots.ts';
import type { Sql } from '#server/db/client.ts';

export async function readWorkshop(sql: Sql, id: WorkshopId): Promise<SnapshotContent['workshop'] | undefined> {
	const [row] = await sql<SnapshotContent['workshop'][]>`
		select id, title, current_step_id as "currentStepId" from workshop where id = ${id}`;
	return row;
}

export async function readTables(sql: Sql, id: WorkshopId): Promise<SnapshotContent['tables']> {
	return sql<SnapshotContent['tables']>`
		select id, position, name, challenge_id as "challengeId" from workshop_table where workshop_id = ${id}
		order by position, id`;
}

/** The challenges that stand on tables of this workshop. */
export async function readChallenges(sql: Sql, id: WorkshopId): Promise<SnapshotContent['challenges']> {
	return sql<SnapshotContent['challenges']>`
		select distinct c.id, c.question from challenge c
		join workshop_table t on t.challenge_id = c.id
		where t.workshop_id = ${id} order by c.id`;
}

export async function readBoards(sql: Sql, id: WorkshopId): Promise<SnapshotContent['boards']> {
	return sql<SnapshotContent['boards']>`
		select id, table_id as "tableId" from board where workshop_id = ${id} order by id`;
}

/** Ideas that were sent and not taken back. */
export async function readIdeas(sql: Sql, id: WorkshopId): Promise<SnapshotIdea[]> {
	return sql<SnapshotIdea[]>`
		select i.id, i.board_id as "boardId", i.text, i.language, i.state, i.group_id as "groupId",
			i.sort_order as "order", i.colour, i.hide_reason as "hideReason"
		from idea i join board b on b.id = i.board_id
		where b.workshop_id = ${id} and i.state in ('inbox', 'published', 'hidden')
		order by i.id`;
}

export async function countPrivateIdeas(sql: Sql, id: WorkshopId): Promise<number> {
	const [row] = await sql<{ count: number }[]>`
		select count(*) as count from idea i join board b on b.id = i.board_id
		where b.workshop_id = ${id} and i.state = 'private'`;
	return row?.count ?? 0;
}

export async function readGroups(sql: Sql, id: WorkshopId): Promise<SnapshotContent['groups']> {
	return sql<SnapshotContent['groups']>`
		select g.id, g.board_id as "boardId", g.title, g.sort_order as "order", g.colour
		from idea_group g join board b on b.id = g.board_id
		where b.workshop_id = ${id} and g.deleted_at is null order by g.id`;
}

type Round = SnapshotContent['rounds'][number];

/** The rounds with their full tallies; whoever shows them leaves out those of small groups. */
export async function readRounds(
	sql: Sql,
	id: WorkshopId,
): Promise<(Omit<Round, 'options' | 'tally'> & { tally: DotTally | null })[]> {
	return sql<(Omit<Round, 'options' | 'tally'> & { tally: DotTally | null })[]>`
		select r.id, r.position, r.title, r.table_id as "tableId", r.rule, r.state, r.tally, r.published, r.decision,
			(select jsonb_build_object('voted', count(*) filter (where l.voted), 'eligible', count(*))
				from roll l where l.round_id = r.id) as turnout
		from vote_round r where r.workshop_id = ${id} order by r.position`;
}

export async function readOptions(
	sql: Sql,
	id: WorkshopId,
): Promise<(Round['options'][number] & { roundId: Round['id'] })[]> {
	return sql<(Round['options'][number] & { roundId: Round['id'] })[]>`
		select o.round_id as "roundId", o.id, o.position, o.label, o.idea_id as "ideaId", o.group_id as "groupId"
		from vote_option o join vote_round r on r.id = o.round_id
		where r.workshop_id = ${id} order by o.round_id, o.position`;
}

export async function readProjects(sql: Sql, id: WorkshopId): Promise<SnapshotContent['projects']> {
	return sql<{ id: ProjectId; slug: string; title: string; ideaIds: SnapshotIdea['id'][] }[]>`
		select p.id, p.slug, p.title,
			coalesce((select jsonb_agg(i.idea_id order by i.position) from project_idea i where i.project_id = p.id), '[]')
				as "ideaIds"
		from project p where p.workshop_id = ${id} order by p.id`;
}

export async function readSheetDocuments(
	sql: Sql,
	id: WorkshopId,
): Promise<Omit<SnapshotContent['sheets'][number], 'texts'>[]> {
	return sql<Omit<SnapshotContent['sheets'][number], 'texts'>[]>`
		select id as "documentId", table_id as "tableId" from text_document
		where workshop_id = ${id} and kind = 'sheet' order by id`;
}

export type SnapshotRow = {
	readonly id: SnapshotId;
	readonly workshopId: WorkshopId;
	readonly takenAt: Date;
	readonly reason: SnapshotReason;
	readonly note: string | null;
	readonly stepId: StepId | null;
	readonly accountId: AccountId | null;
	readonly ideas: number;
	readonly hash: string;
};

export async function insertSnapshot(
	sql: Sql,
	row: SnapshotRow & { readonly content: SnapshotContent },
): Promise<void> {
	await sql`
		insert into snapshot (id, workshop_id, taken_at, reason, note, step_id, account_id, ideas, content, hash)
		values (${row.id}, ${row.workshopId}, ${row.takenAt}, ${row.reason}, ${row.note}, ${row.stepId}, ${row.accountId},
			${row.ideas}, ${sql.json(row.content)}, ${row.hash})`;
}

export async function findLatestHash(sql: Sql, workshopId: WorkshopId): Promise<string | undefined> {
	const [row] = await sql<{ hash: string }[]>`
		select hash from snapshot where workshop_id = ${workshopId} order by taken_at desc, id limit 1`;
	return row?.hash;
}

/** Newest first, without content. */
export async function listSnapshots(sql: Sql, workshopId: WorkshopId): Promise<SnapshotRow[]> {
	return sql<SnapshotRow[]>`
		select id, workshop_id as "workshopId", taken_at as "takenAt", reason, note, step_id as "stepId",
			account_id as "accountId", ideas, hash
		from snapshot where workshop_id = ${workshopId} order by taken_at desc, id`;
}

export async function findSnapshot(
	sql: Sql,
	workshopId: WorkshopId,
	id: SnapshotId,
): Promise<(SnapshotRow & { readonly content: unknown }) | undefined> {
	const [row] = await sql<(SnapshotRow & { content: unknown })[]>`
		select id, workshop_id as "workshopId", taken_at as "takenAt", reason, note, step_id as "stepId",
			account_id as "accountId", ideas, hash, content
		from snapshot where workshop_id = ${workshopId} and id = ${id}`;
	return row;
}

export async function findEditionLanguage(sql: Sql, editionId: EditionId): Promise<string | undefined> {
	const [row] = await sql<{ language: string }[]>`
		select default_language as language from edition where id = ${editionId}`;
	return row?.language;
}
