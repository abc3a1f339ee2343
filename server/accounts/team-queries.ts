import type { AccountId, ProgrammeId } from '#lib/domain/ids.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { Sql } from '#server/db/client.ts';

import type { Role } from './access-queries.ts';

export async function findProgramme(
	sql: Sql,
	id: string,
): Promise<{ id: ProgrammeId; name: LocalizedText } | undefined> {
	const [row] = await sql<{ id: ProgrammeId; name: LocalizedText }[]>`select id, name from programme where id = ${id}`;
	return row;
}

export type MemberRow = { id: AccountId; name: string; email: string | null; role: Role };

export async function selectMembers(sql: Sql, programmeId: string): Promise<MemberRow[]> {
	return sql<MemberRow[]>`
		select account.id, account.name, account.email, member.role
		from programme_member member join account on account.id = member.account_id
		where member.programme_id = ${programmeId} and account.blocked_at is null
		order by member.role = 'lead' desc, lower(account.name), account.id`;
}

/** Locks the team, so that two leads can't remove each other at once. */
export async function lockTeam(sql: Sql, programmeId: string): Promise<{ accountId: AccountId; role: Role }[]> {
	return sql<{ accountId: AccountId; role: Role }[]>`
		select account_id as "accountId", role from programme_member where programme_id = ${programmeId} for update`;
}

export async function putMember(sql: Sql, programmeId: string, accountId: string, role: Role): Promise<void> {
	await sql`
		insert into programme_member (programme_id, account_id, role) values (${programmeId}, ${accountId}, ${role})
		on conflict (programme_id, account_id) do update set role = excluded.role`;
}

export async function deleteMember(sql: Sql, programmeId: string, accountId: string): Promise<void> {
	await sql`delete from programme_member where programme_id = ${programmeId} and account_id = ${accountId}`;
}

export type InvitationRow = { id: string; name: string; role: Role; expiresAt: Date };

export async function insertInvitation(
	sql: Sql,
	invitation: {
		secretHash: Uint8Array;
		programmeId: string;
		role: Role;
		name: string;
		invitedBy: AccountId;
		now: Date;
		expiresAt: Date;
	},
): Promise<string> {
	const [row] = await sql<[{ id: string }]>`
		insert into invitation (secret_hash, programme_id, role, name, invited_by, created_at, expires_at)
		values (${invitation.secretHash}, ${invitation.programmeId}, ${invitation.role}, ${invitation.name},
			${invitation.invitedBy}, ${invitation.now}, ${invitation.expiresAt})
		returning id`;
	return row.id;
}

export async function selectOpenInvitations(sql: Sql, programmeId: string, now: Date): Promise<InvitationRow[]> {
	return sql<InvitationRow[]>`
		select id, name, role, expires_at as "expiresAt" from invitation
		where programme_id = ${programmeId} and redeemed_at is null and revoked_at is null and expires_at > ${now}
		order by created_at, id`;
}

export async function revokeInvitation(sql: Sql, programmeId: string, id: string, now: Date): Promise<void> {
	await sql`
		update invitation set revoked_at = ${now}
		where id = ${id} and programme_id = ${programmeId} and redeemed_at is null`;
}

export type OpenInvitationRow = InvitationRow & {
	programmeId: ProgrammeId;
	programme: LocalizedText;
	invitedBy: string | null;
};

/** An invitation that can still be redeemed; it is locked if the caller is in a transaction. */
export async function findOpenInvitation(
	sql: Sql,
	secretHash: Uint8Array,
	now: Date,
): Promise<OpenInvitationRow | undefined> {
	const [row] = await sql<OpenInvitationRow[]>`
		select invitation.id, invitation.name, invitation.role, invitation.expires_at as "expiresAt",
			invitation.programme_id as "programmeId", programme.name as programme, inviter.name as "invitedBy"
		from invitation
		join programme on programme.id = invitation.programme_id
		left join account inviter on inviter.id = invitation.invited_by
		where invitation.secret_hash = ${secretHash}
			and invitation.redeemed_at is null and invitation.revoked_at is null and invitation.expires_at > ${now}
		for update of invitation`;
	return row;
}

export async function markInvitationRedeemed(sql: Sql, id: string, accountId: AccountId, now: Date): Promise<void> {
	await sql`update invitation set redeemed_at = ${now}, redeemed_by = ${accountId} where id = ${id}`;
}
