import type { DotRule, DotTally } from '#lib/domain/dot-vote.ts';
import type {
	BoardId,
	ChallengeId,
	DocumentId,
	OptionId,
	ProjectId,
	RoundId,
	TableId,
	WorkshopId,
} from '#lib/domain/ids.ts';
import type { IdeaState, NoteColour } from '#lib/domain/idea.ts';
import type { Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { Involvement, ProjectStage } from '#lib/domain/project.ts';
import type { StepKind } from '#lib/domain/step.ts';
import type { InvolvementCounts } from '#lib/protocol/projects.ts';
import type { Sql } from '#server/db/client.ts';

export type WorkshopRow = {
	readonly id: WorkshopId;
	readonly code: string;
	readonly title: LocalizedText;
	readonly startsAt: Date | null;
	readonly place: string | null;
	readonly attribution: string | null;
	readonly personalDataUntil: string;
	readonly editionSlug: string;
	readonly editionTitle: LocalizedText;
	readonly programmeName: LocalizedText;
	readonly people: number;
};

export async function findWorkshop(sql: Sql, id: WorkshopId): Promise<WorkshopRow | undefined> {
	const [row] = await sql<WorkshopRow[]>`
		select w.id, w.code, w.title, w.starts_at as "startsAt", w.place, w.attribution,
			w.personal_data_until as "personalDataUntil", e.slug as "editionSlug", e.title as "editionTitle",
			p.name as "programmeName",
			(select count(*) from participant where workshop_id = w.id and blocked_at is null) as people
		from workshop w join edition e on e.id = w.edition_id join programme p on p.id = e.programme_id
		where w.id = ${id}`;
	return row;
}

export type StepRow = { readonly kind: StepKind; readonly title: LocalizedText; readonly durationMs: number };

export async function listSteps(sql: Sql, id: WorkshopId): Promise<StepRow[]> {
	return sql<StepRow[]>`
		select kind, title, duration_ms as "durationMs" from step where workshop_id = ${id} order by position`;
}

export type TableRow = {
	readonly id: TableId;
	readonly name: string;
	readonly boardId: BoardId;
	readonly challengeId: ChallengeId | null;
	readonly challenge: LocalizedText | null;
	readonly people: number;
	readonly sheetId: DocumentId | null;
};

export async function listTables(sql: Sql, id: WorkshopId): Promise<TableRow[]> {
	return sql<TableRow[]>`
		select t.id, t.name, b.id as "boardId", t.challenge_id as "challengeId", c.question as challenge,
			(select count(*) from participant where table_id = t.id and blocked_at is null) as people,
			(select id from text_document where table_id = t.id and kind = 'sheet' and project_id is null) as "sheetId"
		from workshop_table t
		join board b on b.table_id = t.id
		left join challenge c on c.id = t.challenge_id
		where t.workshop_id = ${id} order by t.position, t.id`;
}

export type IdeaRow = {
	readonly text: string;
	readonly language: Language | null;
	readonly colour: NoteColour;
	readonly state: IdeaState;
	readonly boardId: BoardId;
	readonly tableName: string | null;
	readonly groupTitle: string | null;
	/** Only where the idea's step showed names. */
	readonly by: string | null;
	/** Votes on single statements, as they were imported; null where there were none. */
	readonly agrees: number | null;
	readonly disagrees: number | null;
	readonly passes: number | null;
};

/**
 * Ideas that were sent and not taken back, by board, group and place. Ideas in no group come after the groups of their board.
 */
export async function listIdeas(sql: Sql, id: WorkshopId): Promise<IdeaRow[]> {
	return sql<IdeaRow[]>`
		select i.text, i.language, i.colour, i.state, i.board_id as "boardId", t.name as "tableName",
			g.title as "groupTitle", case when i.shows_name then p.nickname end as by, v.agrees, v.disagrees, v.passes
		from idea i
		join board b on b.id = i.board_id
		left join workshop_table t on t.id = b.table_id
		left join idea_group g on g.id = i.group_id and g.deleted_at is null
		left join participant p on p.id = i.participant_id
		left join (
			select idea_id, count(*) filter (where value = 1) as agrees, count(*) filter (where value = -1) as disagrees,
				count(*) filter (where value = 0) as passes
			from statement_vote group by idea_id
		) v on v.idea_id = i.id
		where b.workshop_id = ${id} and i.state in ('published', 'inbox', 'hidden')
		order by t.position nulls last, g.sort_order nulls last, g.id, i.sort_order, i.id`;
}

export type RoundRow = {
	readonly id: RoundId;
	readonly title: string;
	readonly tableId: TableId | null;
	readonly tableName: string | null;
	readonly rule: DotRule;
	readonly tally: DotTally | null;
	readonly decision: { readonly optionIds: readonly OptionId[]; readonly reason: string } | null;
	readonly options: readonly { readonly id: OptionId; readonly label: string }[];
	readonly turnout: { readonly voted: number; readonly eligible: number };
};

export async function listClosedRounds(sql: Sql, id: WorkshopId): Promise<RoundRow[]> {
	return sql<RoundRow[]>`
		select r.id, r.title, r.table_id as "tableId", t.name as "tableName", r.rule, r.tally, r.decision,
			(select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'label', o.label) order by o.position), '[]')
				from vote_option o where o.round_id = r.id) as options,
			(select jsonb_build_object('voted', count(*) filter (where l.voted), 'eligible', count(*))
				from roll l where l.round_id = r.id) as turnout
		from vote_round r left join workshop_table t on t.id = r.table_id
		where r.workshop_id = ${id} and r.state = 'closed' order by r.position`;
}

export type ProjectRow = {
	readonly id: ProjectId;
	readonly slug: string;
	readonly title: string;
	readonly summary: string;
	readonly stage: ProjectStage;
	readonly published: boolean;
	readonly ideas: number;
	readonly tables: number;
	readonly people: InvolvementCounts;
};

export async function listProjects(sql: Sql, id: WorkshopId): Promise<ProjectRow[]> {
	return sql<ProjectRow[]>`
		select p.id, p.slug, p.title, p.summary, p.stage, p.published,
			(select count(*) from project_idea i where i.project_id = p.id) as ideas,
			(select count(distinct i.table_id) from project_idea i where i.project_id = p.id) as tables,
			(select jsonb_build_object(
					'join', count(*) filter (where m.involvement = 'join'),
					'help', count(*) filter (where m.involvement = 'help'),
					'follow', count(*) filter (where m.involvement = 'follow'))
				from project_member m where m.project_id = p.id and m.withdrawn_at is null) as people
		from project p where p.workshop_id = ${id} order by p.founded_at, p.id`;
}

export type MemberRow = {
	readonly project: string;
	readonly involvement: Involvement;
	readonly name: string;
	readonly email: string;
	readonly message: string;
	readonly language: Language;
	readonly since: Date;
};

export async function listMembers(sql: Sql, id: WorkshopId): Promise<MemberRow[]> {
	return sql<MemberRow[]>`
		select p.title as project, m.involvement, m.name, m.email, m.message, m.language, m.created_at as since
		from project_member m join project p on p.id = m.project_id
		where p.workshop_id = ${id} and m.withdrawn_at is null
		order by p.founded_at, p.id, array_position(array['join', 'help', 'follow'], m.involvement), m.created_at, m.id`;
}
