import type { AccountId, DeviceId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Sql } from '#server/db/client.ts';
import type { GuestId, SessionKind } from '#server/identity.ts';

/** `shared`: on a device that others use too. */
export type SessionRow = { ownerId: string; expiresAt: Date; shared: boolean };

/** How long a session on a shared device outlives its last use. */
const sharedLifetime = '15 minutes';

export type AccountOwner = { id: AccountId; name: string; email: string | null; language: Language };
export type GuestOwner = { id: GuestId };
export type DeviceOwner = {
	id: DeviceId;
	kind: 'table' | 'screen';
	workshopId: WorkshopId;
	tableId: TableId | null;
};

/** The session's own part and its owner; no row if there is no session, or its owner is blocked or revoked. */
type Found<Owner> = (SessionRow & Owner) | undefined;

export async function findAccountSession(sql: Sql, idHash: Uint8Array): Promise<Found<AccountOwner>> {
	const [row] = await sql<(SessionRow & AccountOwner)[]>`
		select session.account_id as "ownerId", session.expires_at as "expiresAt", session.shared,
			account.id, account.name, account.email, account.language
		from session join account on account.id = session.account_id
		where session.id_hash = ${idHash} and account.blocked_at is null`;
	return row;
}

export async function findGuestSession(sql: Sql, idHash: Uint8Array): Promise<Found<GuestOwner>> {
	const [row] = await sql<(SessionRow & GuestOwner)[]>`
		select session.guest_id as "ownerId", session.expires_at as "expiresAt", session.shared, session.guest_id as id
		from session
		where session.id_hash = ${idHash} and session.guest_id is not null`;
	return row;
}

export async function findDeviceSession(sql: Sql, idHash: Uint8Array): Promise<Found<DeviceOwner>> {
	const [row] = await sql<(SessionRow & DeviceOwner)[]>`
		select session.device_id as "ownerId", session.expires_at as "expiresAt", session.shared,
			device.id, device.kind, device.workshop_id as "workshopId", device.table_id as "tableId"
		from session join device on device.id = session.device_id
		where session.id_hash = ${idHash} and device.revoked_at is null`;
	return row;
}

const ownerColumns = { account: 'account_id', guest: 'guest_id', device: 'device_id' } as const satisfies Record<
	SessionKind,
	string
>;

export async function insertSession(
	sql: Sql,
	kind: SessionKind,
	session: { idHash: Uint8Array; ownerId: string; expiresAt: Date; shared: boolean },
): Promise<void> {
	const { idHash, ownerId, expiresAt, shared } = session;
	await sql`
		insert into session (id_hash, ${sql(ownerColumns[kind])}, shared, expires_at)
		values (${idHash}, ${ownerId}, ${shared}, ${shared ? soonest(sql, expiresAt) : expiresAt})`;
}

export async function updateSessionExpiry(sql: Sql, idHash: Uint8Array, expiresAt: Date): Promise<void> {
	await sql`
		update session set expires_at = case when shared then ${soonest(sql, expiresAt)} else ${expiresAt} end
		where id_hash = ${idHash}`;
}

function soonest(sql: Sql, expiresAt: Date) {
	return sql`least(${expiresAt}::timestamptz, now() + ${sharedLifetime}::interval)`;
}

/** @returns whose session it was, if it was there */
export async function deleteSession(sql: Sql, kind: SessionKind, idHash: Uint8Array): Promise<string | null> {
	const [row] = await sql<{ ownerId: string }[]>`
		delete from session
		where id_hash = ${idHash} and ${sql(ownerColumns[kind])} is not null
		returning ${sql(ownerColumns[kind])} as "ownerId"`;
	return row?.ownerId ?? null;
}

export async function deleteOwnersSessions(sql: Sql, kind: SessionKind, ownerId: string): Promise<void> {
	await sql`delete from session where ${sql(ownerColumns[kind])} = ${ownerId}`;
}

export async function deleteExpiredSessions(sql: Sql): Promise<void> {
	await sql`delete from session where expires_at <= now()`;
}
