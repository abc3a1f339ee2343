import type { AccountId, EditionId, ProgrammeId, RoundId, StepId, WorkshopId } from '#lib/domain/ids.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { LogAction } from '#lib/protocol/log.ts';
import type { TimerState } from '#lib/domain/timer.ts';
import type { Sql } from '#server/db/client.ts';

export type WorkshopPhase = 'preparing' | 'live' | 'ended';

/** What people know of a workshop before they come. */
export type WorkshopDetails = {
	readonly title: LocalizedText;
	readonly startsAt: Date | null;
	readonly place: string | null;
	/** A calendar day: names, sign-in traces and addresses are deleted on it. */
	readonly personalDataUntil: string;
};

export type NewWorkshop = WorkshopDetails & {
	readonly editionId: EditionId;
	readonly code: string;
	readonly attribution: string | null;
	readonly sourceKey: string | null;
};

export type WorkshopRow = WorkshopDetails & {
	readonly id: WorkshopId;
	readonly editionId: EditionId;
	readonly code: string;
	readonly phase: WorkshopPhase;
	readonly attribution: string | null;
	readonly currentStepId: StepId | null;
	readonly doorOpen: boolean;
	/** The people in it are synthetic, and what they do will be cleared away. */
	readonly rehearsal: boolean;
};

/** Nothing if the code, or the source key, is taken. */
export async function insertWorkshop(sql: Sql, workshop: NewWorkshop): Promise<WorkshopId | undefined> {
	const [row] = await sql<{ id: WorkshopId }[]>`
		insert into workshop (edition_id, code, title, starts_at, place, attribution, personal_data_until, source_key)
		values (
			${workshop.editionId}, ${workshop.code}, ${sql.json(workshop.title)}, ${workshop.startsAt}, ${workshop.place},
			${workshop.attribution}, ${workshop.personalDataUntil}, ${workshop.sourceKey}
		)
		on conflict do nothing
		returning id
	`;
	return row?.id;
}

export async function findWorkshop(sql: Sql, id: WorkshopId): Promise<WorkshopRow | undefined> {
	const [row] = await sql<WorkshopRow[]>`
		select id, edition_id as "editionId", code, title, phase, starts_at as "startsAt", place, attribution,
			personal_data_until as "personalDataUntil", current_step_id as "currentStepId", door_open as "doorOpen", rehearsal
		from workshop where id = ${id}
	`;
	return row;
}

/** Like {@link findWorkshop}, and nobody else changes this workshop's row until the transaction ends. */
export async function lockWorkshop(sql: Sql, id: WorkshopId): Promise<WorkshopRow | undefined> {
	await sql`select 1 from workshop where id = ${id} for update`;
	return findWorkshop(sql, id);
}

export async function findWorkshopIdByCode(sql: Sql, code: string): Promise<WorkshopId | undefined> {
	const [row] = await sql<{ id: WorkshopId }[]>`select id from workshop where code = ${code}`;
	return row?.id;
}

export async function findWorkshopIdBySource(sql: Sql, sourceKey: string): Promise<WorkshopId | undefined> {
	const [row] = await sql<{ id: WorkshopId }[]>`select id from workshop where source_key = ${sourceKey}`;
	return row?.id;
}

export async function updateWorkshopDetails(sql: Sql, id: WorkshopId, details: WorkshopDetails): Promise<void> {
	await sql`
		update workshop set
			title = ${sql.json(details.title)}, starts_at = ${details.startsAt}, place = ${details.place},
			personal_data_until = ${details.personalDataUntil}
		where id = ${id}
	`;
}

export type Opening = {
	readonly stepId: StepId | null;
	readonly timer: TimerState | null;
	readonly at: Date;
};

/** Makes a workshop live, at the given step, with its door open. */
export async function updateToLive(sql: Sql, id: WorkshopId, { stepId, timer, at }: Opening): Promise<void> {
	await sql`
		update workshop set
			phase = 'live', door_open = true, frozen = false, current_step_id = ${stepId},
			step_started_at = ${stepId === null ? null : at}, timer = ${timer === null ? null : sql.json(timer)}
		where id = ${id}
	`;
}

export async function updateToRehearsal(sql: Sql, id: WorkshopId): Promise<void> {
	await sql`update workshop set rehearsal = true where id = ${id}`;
}

export async function deleteWorkshop(sql: Sql, id: WorkshopId): Promise<void> {
	await sql`delete from workshop where id = ${id}`;
}

/** Tells the live side that the board documents no longer follow from what it sent before. */
export async function raiseGeneration(sql: Sql, id: WorkshopId): Promise<void> {
	await sql`update workshop set generation = generation + 1 where id = ${id}`;
}

export type WorkshopSummaryRow = {
	readonly id: WorkshopId;
	readonly editionId: EditionId;
	readonly code: string;
	readonly title: LocalizedText;
	readonly phase: WorkshopPhase;
	readonly startsAt: Date | null;
	readonly place: string | null;
	readonly attribution: string | null;
	readonly tables: number;
	readonly people: number;
	/** Published ideas. */
	readonly ideas: number;
	readonly projects: number;
};

/** The workshops of editions, those of today and tomorrow first, with their numbers. */
export async function selectWorkshopSummaries(
	sql: Sql,
	editionIds: readonly EditionId[],
): Promise<WorkshopSummaryRow[]> {
	return sql<WorkshopSummaryRow[]>`
		select w.id, w.edition_id as "editionId", w.code, w.title, w.phase, w.starts_at as "startsAt", w.place, w.attribution,
			(select count(*)::integer from workshop_table t where t.workshop_id = w.id) as tables,
			(select count(*)::integer from participant p where p.workshop_id = w.id and p.blocked_at is null) as people,
			(
				select count(*)::integer from idea i join board b on b.id = i.board_id
				where b.workshop_id = w.id and i.state = 'published'
			) as ideas,
			(select count(*)::integer from project p where p.workshop_id = w.id and p.published) as projects
		from workshop w
		where w.edition_id = any(${[...editionIds]}::uuid[])
		order by w.starts_at desc nulls last, w.created_at, w.id
	`;
}

export type EditionOfWorkshop = {
	readonly id: EditionId;
	readonly programmeId: ProgrammeId;
	readonly slug: string;
	readonly title: LocalizedText;
};

export async function findEditionOfWorkshop(sql: Sql, id: WorkshopId): Promise<EditionOfWorkshop | undefined> {
	const [row] = await sql<EditionOfWorkshop[]>`
		select e.id, e.programme_id as "programmeId", e.slug, e.title from workshop w join edition e on e.id = w.edition_id where w.id = ${id}
	`;
	return row;
}

/** People who have joined, and ideas that were written here: imported ones don't count. */
export async function countUse(sql: Sql, id: WorkshopId): Promise<{ people: number; ideas: number }> {
	const [row] = await sql<[{ people: number; ideas: number }]>`
		select
			(select count(*) from participant p where p.workshop_id = ${id}) as people,
			(
				select count(*) from idea i join board b on b.id = i.board_id
				where b.workshop_id = ${id} and i.source_key is null
			) as ideas
	`;
	return row;
}

/**
 * Removes people, what they wrote, votes and projects. Imported ideas, devices and snapshots stay; votes on what stays do, too.
 */
export async function deleteUse(sql: Sql, id: WorkshopId): Promise<void> {
	await sql`delete from project where workshop_id = ${id}`;
	await sql`delete from vote_round where workshop_id = ${id}`;
	await sql`
		delete from idea where source_key is null and board_id in (select id from board where workshop_id = ${id})
	`;
	await sql`delete from idea_group where board_id in (select id from board where workshop_id = ${id})`;
	await sql`delete from participant where workshop_id = ${id}`;
	await sql`
		update workshop_table set
			ready = false, needs_help = false, help_asked_at = null, help_by = null,
			step_id = null, step_started_at = null, timer = null
		where workshop_id = ${id}
	`;
	await sql`
		update workshop set
			current_step_id = null, step_started_at = null, timer = null, frozen = false, floor = '{}', rehearsal = false
		where id = ${id}
	`;
}

export async function selectOpenRounds(sql: Sql, id: WorkshopId): Promise<RoundId[]> {
	const rows = await sql<{ id: RoundId }[]>`
		select id from vote_round where workshop_id = ${id} and state = 'open'
	`;
	return rows.map((row) => row.id);
}

export type AuditEntry = {
	readonly workshopId: WorkshopId;
	readonly accountId: AccountId;
	readonly action: LogAction;
	readonly detail: Readonly<Record<string, string | number>>;
};

export async function insertAudit(sql: Sql, { workshopId, accountId, action, detail }: AuditEntry): Promise<void> {
	await sql`
		insert into audit_log (workshop_id, actor_kind, actor_id, action, detail)
		values (${workshopId}, 'facilitator', ${accountId}, ${action}, ${sql.json(detail)})
	`;
}
