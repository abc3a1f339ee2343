import type { WorkshopId } from '#lib/domain/ids.ts';
import type { LogEntry } from '#lib/protocol/log.ts';
import type { Sql } from '#server/db/client.ts';

export type LogRow = Omit<LogEntry, 'at' | 'actor'> & {
	readonly at: Date;
	readonly actorKind: LogEntry['actor']['kind'];
	readonly actorId: string | null;
	readonly actorName: string | null;
};

export type LogSelection = {
	readonly before: number | undefined;
	readonly subjectId: string | undefined;
	readonly most: number;
};

/** The latest entries of a workshop's log, before one that is known or about one subject. */
export async function selectLog(
	sql: Sql,
	workshopId: WorkshopId,
	{ before, subjectId, most }: LogSelection,
): Promise<readonly LogRow[]> {
	return sql<LogRow[]>`
		select log.id::double precision as id, log.at, log.actor_kind as "actorKind", log.actor_id as "actorId",
			account.name as "actorName", log.action, log.subject_id as "subjectId", 
			case when idea.state in ('inbox', 'published', 'hidden', 'merged') then left(idea.text, 80) end as words,
			log.detail, log.inverse
		from audit_log log
		left join idea on idea.id = log.subject_id
		left join account on log.actor_kind = 'facilitator' and account.id = log.actor_id
		where log.workshop_id = ${workshopId}
			${before === undefined ? sql`` : sql`and log.id < ${before}`}
			${subjectId === undefined ? sql`` : sql`and log.subject_id = ${subjectId}`}
		order by log.id desc limit ${most}`;
}
