import type { Sql } from '#server/db/client.ts';

export const roles = ['lead', 'facilitator'] as const;
export type Role = (typeof roles)[number];

/** `role` is null for somebody who isn't in the programme's team; no row if what was asked about doesn't exist. */
type RoleRow = { role: Role | null };

export async function findRoleInProgramme(
	sql: Sql,
	accountId: string,
	programmeId: string,
): Promise<RoleRow | undefined> {
	const [row] = await sql<RoleRow[]>`
		select member.role from programme
		left join programme_member member on member.programme_id = programme.id and member.account_id = ${accountId}
		where programme.id = ${programmeId}`;
	return row;
}

export async function findRoleInEdition(sql: Sql, accountId: string, editionId: string): Promise<RoleRow | undefined> {
	const [row] = await sql<RoleRow[]>`
		select member.role from edition
		left join programme_member member
			on member.programme_id = edition.programme_id and member.account_id = ${accountId}
		where edition.id = ${editionId}`;
	return row;
}

export async function findRoleInWorkshop(
	sql: Sql,
	accountId: string,
	workshopId: string,
): Promise<RoleRow | undefined> {
	const [row] = await sql<RoleRow[]>`
		select member.role from workshop
		join edition on edition.id = workshop.edition_id
		left join programme_member member
			on member.programme_id = edition.programme_id and member.account_id = ${accountId}
		where workshop.id = ${workshopId}`;
	return row;
}
