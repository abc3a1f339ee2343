import type { ProjectId } from '#lib/domain/ids.ts';
import type { NoteColour } from '#lib/domain/idea.ts';
import type { Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { ProjectStage } from '#lib/domain/project.ts';
import type { InvolvementCounts, OriginVote } from '#lib/protocol/projects.ts';
import type { Sql } from '#server/db/client.ts';

export type EditionRow = {
	readonly id: string;
	readonly slug: string;
	readonly title: LocalizedText;
	readonly programmeName: LocalizedText;
};

export async function findEdition(sql: Sql, slug: string): Promise<EditionRow | undefined> {
	const [row] = await sql<EditionRow[]>`
		select e.id, e.slug, e.title, p.name as "programmeName"
		from edition e join programme p on p.id = e.programme_id where e.slug = ${slug}`;
	return row;
}

export type ProjectRow = {
	readonly id: ProjectId;
	readonly slug: string;
	readonly title: string;
	readonly summary: string;
	readonly challenge: LocalizedText | null;
	readonly stage: ProjectStage;
	readonly foundedAt: Date;
	readonly ideas: number;
	readonly tables: number;
	readonly colours: readonly NoteColour[];
	readonly people: InvolvementCounts;
};

function projectColumns(sql: Sql) {
	return sql`
		p.id, p.slug, p.title, p.summary, p.challenge, p.stage, p.founded_at as "foundedAt",
		(select count(*) from project_idea i where i.project_id = p.id) as ideas,
		(select count(distinct i.table_id) from project_idea i where i.project_id = p.id) as tables,
		(select coalesce(jsonb_agg(i.colour order by o.position), '[]')
			from project_idea o join idea i on i.id = o.idea_id and i.state = 'published'
			where o.project_id = p.id) as colours,
		(select jsonb_build_object(
				'join', count(*) filter (where m.involvement = 'join'),
				'help', count(*) filter (where m.involvement = 'help'),
				'follow', count(*) filter (where m.involvement = 'follow'))
			from project_member m where m.project_id = p.id and m.withdrawn_at is null) as people`;
}

/** The published projects of an edition, newest first. */
export async function listProjects(sql: Sql, editionId: string): Promise<ProjectRow[]> {
	return sql<ProjectRow[]>`
		select ${projectColumns(sql)} from project p
		where p.edition_id = ${editionId} and p.published order by p.founded_at desc, p.id`;
}

export type ProjectDetailRow = ProjectRow & {
	readonly workshop: {
		readonly title: LocalizedText;
		readonly startsAt: string | null;
		readonly place: string | null;
		readonly attribution: string | null;
	} | null;
	/** A calendar day. */
	readonly keptUntil: string | null;
	readonly sheetId: string | null;
};

/** A published project of an edition; its own sheet goes before the one of its table. */
export async function findProject(sql: Sql, editionId: string, slug: string): Promise<ProjectDetailRow | undefined> {
	const [row] = await sql<ProjectDetailRow[]>`
		select ${projectColumns(sql)},
			case when w.id is null then null else jsonb_build_object(
				'title', w.title, 'startsAt', to_char(w.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
				'place', w.place, 'attribution', w.attribution) end as workshop,
			w.personal_data_until as "keptUntil",
			(select d.id from text_document d
				where d.kind = 'sheet' and (d.project_id = p.id or (d.project_id is null and d.table_id = p.table_id))
				order by d.project_id nulls last limit 1) as "sheetId"
		from project p left join workshop w on w.id = p.workshop_id
		where p.edition_id = ${editionId} and p.slug = ${slug} and p.published`;
	return row;
}

export type OriginRow = {
	readonly text: string;
	readonly language: Language | null;
	readonly colour: NoteColour;
	readonly boardId: string;
	readonly tableName: string | null;
	readonly groupTitle: string | null;
	/** Of rounds whose result is public. */
	readonly votes: readonly OriginVote[];
};

/** The notes of a project that are still published, in their order; never who wrote them. */
export async function listOrigins(sql: Sql, projectId: ProjectId): Promise<OriginRow[]> {
	return sql<OriginRow[]>`
		select o.text, i.language, i.colour, o.board_id as "boardId", o.table_name as "tableName",
			o.group_title as "groupTitle",
			coalesce((
				select jsonb_agg(vote.value - 'roundId' order by r.position)
				from jsonb_array_elements(o.votes) as vote(value)
				join vote_round r on r.id = (vote.value ->> 'roundId')::uuid and r.published
			), '[]') as votes
		from project_idea o join idea i on i.id = o.idea_id and i.state = 'published'
		where o.project_id = ${projectId} order by o.position`;
}
