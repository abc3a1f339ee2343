import type { AccountId, ProgrammeId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import { isDatabaseError, type Sql } from '#server/db/client.ts';

import type { Role } from './access-queries.ts';

export type AccountRow = {
	id: AccountId;
	name: string;
	email: string | null;
	language: Language;
	passwordHash: string | null;
};

export async function findAccount(sql: Sql, id: string): Promise<AccountRow | undefined> {
	const [row] = await sql<AccountRow[]>`
		select id, name, email, language, password_hash as "passwordHash" from account
		where id = ${id} and blocked_at is null`;
	return row;
}

export async function findAccountByEmail(sql: Sql, email: string): Promise<AccountRow | undefined> {
	const [row] = await sql<AccountRow[]>`
		select id, name, email, language, password_hash as "passwordHash" from account
		where email = ${email} and blocked_at is null`;
	return row;
}

/** The account that has led longest: the one that the machine's own link signs in. */
export async function findFirstLead(sql: Sql): Promise<{ id: AccountId } | undefined> {
	const [row] = await sql<{ id: AccountId }[]>`
		select account.id from account
		left join programme_member member on member.account_id = account.id and member.role = 'lead'
		where account.blocked_at is null
		group by account.id
		order by count(member.account_id) = 0, account.created_at, account.id
		limit 1`;
	return row;
}

export async function hasAccounts(sql: Sql): Promise<boolean> {
	const [row] = await sql<{ exists: boolean }[]>`select exists (select 1 from account)`;
	return row?.exists === true;
}

/** @returns nothing if the e-mail is taken */
export async function insertAccount(
	sql: Sql,
	account: { name: string; email: string | null; passwordHash: string | null; language: Language },
): Promise<AccountId | null> {
	const [row] = await sql<{ id: AccountId }[]>`
		insert into account (name, email, password_hash, language)
		values (${account.name}, ${account.email}, ${account.passwordHash}, ${account.language})
		on conflict (email) do nothing
		returning id`;
	return row?.id ?? null;
}

/** @returns whether it was done; not if the e-mail is taken */
export async function updateAccount(
	sql: Sql,
	id: AccountId,
	change: { name: string; email: string | null; language: Language },
): Promise<boolean> {
	try {
		await sql`
			update account set name = ${change.name}, email = ${change.email}, language = ${change.language}
			where id = ${id}`;
		return true;
	} catch (error) {
		if (isDatabaseError(error) && error.constraint_name === 'account_email_key') return false;
		throw error;
	}
}

export async function updatePasswordHash(sql: Sql, id: AccountId, passwordHash: string): Promise<void> {
	await sql`update account set password_hash = ${passwordHash} where id = ${id}`;
}

export type MembershipRow = { id: ProgrammeId; slug: string; name: LocalizedText; role: Role };

export async function selectMemberships(sql: Sql, id: AccountId): Promise<MembershipRow[]> {
	return sql<MembershipRow[]>`
		select programme.id, programme.slug, programme.name, member.role
		from programme_member member join programme on programme.id = member.programme_id
		where member.account_id = ${id}
		order by programme.created_at, programme.id`;
}

/** Makes an account a lead wherever there is none: whoever runs the machine looks after orphans. */
export async function adoptLeaderlessProgrammes(sql: Sql, id: AccountId): Promise<void> {
	await sql`
		insert into programme_member (programme_id, account_id, role)
		select programme.id, ${id}, 'lead' from programme
		where not exists (
			select 1 from programme_member lead
			join account on account.id = lead.account_id and account.blocked_at is null
			where lead.programme_id = programme.id and lead.role = 'lead'
		)
		on conflict (programme_id, account_id) do update set role = 'lead'`;
}
