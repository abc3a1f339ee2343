import type { WorkshopId } from '#lib/domain/ids.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { LogAction } from '#lib/protocol/log.ts';
import type { Sql } from '#server/db/client.ts';

export type NoticeRow = {
	readonly title: LocalizedText;
	readonly programmeName: LocalizedText;
	readonly personalDataUntil: string;
	readonly deletedAt: Date | null;
};

export async function findNotice(sql: Sql, code: string): Promise<NoticeRow | undefined> {
	const [row] = await sql<NoticeRow[]>`
		select w.title, p.name as "programmeName", w.personal_data_until as "personalDataUntil",
			w.personal_data_deleted_at as "deletedAt"
		from workshop w join edition e on e.id = w.edition_id join programme p on p.id = e.programme_id
		where w.code = ${code}`;
	return row;
}

/**
 * Workshops whose day has come and that were not cleared yet, or got personal data again since.
 * @param today a calendar day
 */
export async function findDueWorkshops(sql: Sql, today: string): Promise<WorkshopId[]> {
	const rows = await sql<{ id: WorkshopId }[]>`
		select w.id from workshop w
		where w.personal_data_until <= ${today}::date and (
			w.personal_data_deleted_at is null
			or exists (
				select 1 from participant p
				where p.workshop_id = w.id and (p.guest_id is not null or p.nickname is not null))
			or exists (
				select 1 from project_member m join project r on r.id = m.project_id
				where r.workshop_id = w.id and m.name <> '')
		)
		order by w.personal_data_until, w.id`;
	return rows.map((row) => row.id);
}

/** Takes names, and the link to a browser, from everybody who took part. Their number and their votes' turnout stay. */
export async function eraseParticipants(sql: Sql, workshopId: WorkshopId): Promise<number> {
	const rows = await sql`
		update participant set nickname = null, guest_id = null, block_reason = null
		where workshop_id = ${workshopId} and (nickname is not null or guest_id is not null or block_reason is not null)
		returning 1`;
	return rows.length;
}

/** Slips no longer say who came in with them, and let nobody in any more. */
export async function eraseSeats(sql: Sql, workshopId: WorkshopId): Promise<number> {
	const rows = await sql`
		update seat_code set participant_id = null, revoked_at = coalesce(revoked_at, now())
		where workshop_id = ${workshopId} and (participant_id is not null or revoked_at is null)
		returning 1`;
	return rows.length;
}

/** Ideas no longer say which of them are by the same person. */
export async function eraseAuthors(sql: Sql, workshopId: WorkshopId): Promise<number> {
	const rows = await sql`
		update idea set participant_id = null, shows_name = false
		from board b where b.id = idea.board_id and b.workshop_id = ${workshopId} and participant_id is not null
		returning 1`;
	return rows.length;
}

/** Takes name, address and message from those who signed up to projects; how many there were stays. Their links end. */
export async function eraseProjectMembers(sql: Sql, workshopId: WorkshopId): Promise<number> {
	const rows = await sql`
		update project_member set
			name = '', message = '', email = 'deleted ' || project_member.id,
			token_hash = sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
		from project r where r.id = project_member.project_id and r.workshop_id = ${workshopId} and name <> ''
		returning 1`;
	return rows.length;
}

/** Who sent which command when. */
export async function eraseCommandLog(sql: Sql, workshopId: WorkshopId): Promise<number> {
	const rows = await sql`delete from command_log where workshop_id = ${workshopId} returning 1`;
	return rows.length;
}

/** Of the audit log there stays what was done and when, not to whom nor why. */
export async function eraseAuditDetail(sql: Sql, workshopId: WorkshopId): Promise<number> {
	const rows = await sql`
		update audit_log set
			detail = '{}',
			inverse = null,
			subject_id = null,
			actor_id = case when actor_kind = 'facilitator' then actor_id end
		where workshop_id = ${workshopId} and action <> 'privacy.deleted'
			and (detail <> '{}' or inverse is not null or subject_id is not null or (actor_kind <> 'facilitator' and actor_id is not null))
		returning 1`;
	return rows.length;
}

/** Browsers that take part in nothing any more; their sessions go with them. */
export async function deleteUnusedGuests(sql: Sql, notAfter: Date): Promise<number> {
	const rows = await sql`
		delete from guest g
		where g.created_at < ${notAfter} and not exists (select 1 from participant p where p.guest_id = g.id)
		returning 1`;
	return rows.length;
}

export async function markDeleted(sql: Sql, workshopId: WorkshopId, at: Date): Promise<void> {
	await sql`update workshop set personal_data_deleted_at = ${at} where id = ${workshopId}`;
}

/** What was deleted, in numbers. */
export async function noteDeletion(
	sql: Sql,
	workshopId: WorkshopId,
	at: Date,
	counts: Readonly<Record<string, number>>,
): Promise<void> {
	await sql`
		insert into audit_log (workshop_id, at, actor_kind, action, detail)
		values (${workshopId}, ${at}, 'server', ${'privacy.deleted' satisfies LogAction}, ${sql.json(counts)})`;
}
