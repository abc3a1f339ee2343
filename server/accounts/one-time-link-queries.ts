import type { Sql } from '#server/db/client.ts';

export async function insertOneTimeLink(
	sql: Sql,
	link: { secretHash: Uint8Array; now: Date; expiresAt: Date },
): Promise<void> {
	await sql`
		insert into one_time_link (secret_hash, created_at, expires_at)
		values (${link.secretHash}, ${link.now}, ${link.expiresAt})`;
}

/** Uses a link up. @returns whether it was good: known, in time and not used before */
export async function useOneTimeLink(sql: Sql, secretHash: Uint8Array, now: Date): Promise<boolean> {
	const used = await sql`
		update one_time_link set used_at = ${now}
		where secret_hash = ${secretHash} and used_at is null and expires_at > ${now}`;
	return used.count === 1;
}

export async function deleteOldOneTimeLinks(sql: Sql, before: Date): Promise<void> {
	await sql`delete from one_time_link where expires_at < ${before}`;
}

/** One redemption at a time, so that a fresh machine gets one first account. Held until the transaction ends. */
export async function lockRedemptions(sql: Sql): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtext('one-time-link'))`;
}
