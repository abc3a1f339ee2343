import type { EditionId, ProjectId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Involvement, ProjectStage } from '#lib/domain/project.ts';
import type { Sql } from '#server/db/client.ts';

export type ProjectForSignUp = {
	readonly id: ProjectId;
	readonly workshopId: WorkshopId | null;
	/** A calendar day. */
	readonly keptUntil: string | null;
};

/** A published project; nobody changes who is in it until the transaction ends. */
export async function lockProjectForSignUp(
	sql: Sql,
	editionSlug: string,
	slug: string,
): Promise<ProjectForSignUp | undefined> {
	const [row] = await sql<ProjectForSignUp[]>`
		select p.id, p.workshop_id as "workshopId", w.personal_data_until as "keptUntil"
		from project p join edition e on e.id = p.edition_id left join workshop w on w.id = p.workshop_id
		where e.slug = ${editionSlug} and p.slug = ${slug} and p.published
		for update of p`;
	return row;
}

export type NewMember = {
	readonly projectId: ProjectId;
	readonly involvement: Involvement;
	readonly name: string;
	readonly email: string;
	readonly message: string;
	readonly language: Language;
	readonly consentAt: Date;
	readonly tokenHash: Buffer;
};

/** One entry an address: signing up again writes it anew, and the former token opens nothing any more. */
export async function upsertMember(sql: Sql, member: NewMember): Promise<void> {
	await sql`
		insert into project_member (project_id, involvement, name, email, message, language, consent_at, token_hash)
		values (${member.projectId}, ${member.involvement}, ${member.name}, ${member.email}, ${member.message},
			${member.language}, ${member.consentAt}, ${member.tokenHash})
		on conflict (project_id, email) do update set
			involvement = excluded.involvement, name = excluded.name, message = excluded.message,
			language = excluded.language, consent_at = excluded.consent_at, token_hash = excluded.token_hash`;
}

export type MembershipRow = {
	readonly id: string;
	readonly workshopId: WorkshopId | null;
	readonly involvement: Involvement;
	readonly since: Date;
	readonly slug: string;
	readonly title: string;
	readonly editionSlug: string;
	readonly keptUntil: string | null;
};

/** The entry that a token opens, unless it was withdrawn. */
export async function findMembership(sql: Sql, tokenHash: Buffer): Promise<MembershipRow | undefined> {
	const [row] = await sql<MembershipRow[]>`
		select m.id, p.workshop_id as "workshopId", m.involvement, m.created_at as since, p.slug, p.title,
			e.slug as "editionSlug", w.personal_data_until as "keptUntil"
		from project_member m
		join project p on p.id = m.project_id join edition e on e.id = p.edition_id
		left join workshop w on w.id = p.workshop_id
		where m.token_hash = ${tokenHash} and m.withdrawn_at is null`;
	return row;
}

export async function updateMembership(
	sql: Sql,
	id: string,
	change: { readonly involvement: Involvement; readonly message: string | undefined },
): Promise<void> {
	await sql`
		update project_member set
			involvement = ${change.involvement}, message = coalesce(${change.message ?? null}, message)
		where id = ${id}`;
}

/** Ends an entry: what is left says that somebody was there, and neither who nor how to reach them. */
export async function withdrawMember(sql: Sql, id: string, at: Date): Promise<void> {
	await sql`
		update project_member set withdrawn_at = ${at}, name = '', message = '', email = 'withdrawn ' || id
		where id = ${id}`;
}

export type ProjectForTeam = {
	readonly id: ProjectId;
	readonly slug: string;
	readonly title: string;
	readonly stage: ProjectStage;
	readonly published: boolean;
	readonly editionId: EditionId;
	readonly editionSlug: string;
	readonly workshopId: WorkshopId | null;
};

export async function findProjectForTeam(sql: Sql, id: ProjectId): Promise<ProjectForTeam | undefined> {
	const [row] = await sql<ProjectForTeam[]>`
		select p.id, p.slug, p.title, p.stage, p.published, p.edition_id as "editionId", e.slug as "editionSlug",
			p.workshop_id as "workshopId"
		from project p join edition e on e.id = p.edition_id where p.id = ${id}`;
	return row;
}

export type MemberRow = {
	readonly involvement: Involvement;
	readonly name: string;
	readonly email: string;
	readonly message: string;
	readonly language: Language;
	readonly since: Date;
};

/** Those who join before those who help before those who follow, each in the order they came. */
export async function listMembers(sql: Sql, projectId: ProjectId): Promise<MemberRow[]> {
	return sql<MemberRow[]>`
		select involvement, name, email, message, language, created_at as since from project_member
		where project_id = ${projectId} and withdrawn_at is null
		order by array_position(array['join', 'help', 'follow'], involvement), created_at, id`;
}

export async function updateProject(
	sql: Sql,
	id: ProjectId,
	change: {
		readonly stage?: ProjectStage | undefined;
		readonly published?: boolean | undefined;
		readonly summary?: string | undefined;
	},
): Promise<void> {
	await sql`
		update project set
			stage = coalesce(${change.stage ?? null}, stage),
			published = coalesce(${change.published ?? null}, published),
			summary = coalesce(${change.summary ?? null}, summary)
		where id = ${id}`;
}
