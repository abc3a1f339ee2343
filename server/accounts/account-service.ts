import type { AccountId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { NewAccount, OwnAccount } from '#lib/protocol/accounts.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Sql } from '#server/db/client.ts';
import { rateLimit } from '#server/http/rate-limit.ts';
import type { CookieCarrier, Sessions } from '#server/identity.ts';

import {
	findAccount,
	findAccountByEmail,
	insertAccount,
	selectMemberships,
	updateAccount,
	updatePasswordHash,
	type AccountRow,
} from './account-queries.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

/**
 * Wrong passwords are counted for an e-mail from one address, so that a stranger elsewhere can't lock a facilitator out, and for an
 * address as a whole, so that one can't try one password on everybody.
 */
const failuresPerEmail = { uses: 10, perSeconds: 15 * 60 };
const failuresPerAddress = { uses: 100, perSeconds: 15 * 60 };

export type AccountService = {
	/** @returns the `Set-Cookie` line. @throws AppError `signIn.failed`, `request.tooMany` */
	signIn(credentials: { email: string; password: string }, from: CookieCarrier & { address: string }): Promise<string>;
	/** The account as its owner sees it. */
	own(id: AccountId): Promise<OwnAccount>;
	/** @throws AppError `account.emailTaken`, `signIn.failed` if the e-mail changes without the right password */
	change(
		id: AccountId,
		change: {
			name?: string | undefined;
			language?: Language | undefined;
			email?: string | undefined;
			currentPassword?: string | undefined;
		},
		address: string,
	): Promise<void>;
	/** Ends every session of the account and starts a new one here. @throws AppError `signIn.failed`, `request.tooMany` */
	changePassword(
		id: AccountId,
		change: { password: string; currentPassword?: string | undefined },
		from: CookieCarrier & { address: string },
	): Promise<string>;
};

export function createAccountService(sql: Sql, sessions: Sessions): AccountService {
	const emailLimit = rateLimit(failuresPerEmail.uses, failuresPerEmail.perSeconds);
	const addressLimit = rateLimit(failuresPerAddress.uses, failuresPerAddress.perSeconds);

	/** Counted before the password is looked at, so that many tries at once don't get past the limit. */
	async function verify(stored: string | null, password: string, email: string, address: string): Promise<void> {
		const key = `${address} ${email}`;
		await addressLimit.check(address);
		await emailLimit.use(key);
		if (!(await passwordMatches(stored, password))) {
			await addressLimit.use(address);
			throw new AppError('signIn.failed');
		}
		await emailLimit.forgive(key);
	}

	async function require(id: AccountId): Promise<AccountRow> {
		const account = await findAccount(sql, id);
		if (account === undefined) throw new AppError('session.expired');
		return account;
	}

	return {
		async signIn({ email, password }, from) {
			const normalized = email.trim().toLowerCase();
			const account = await findAccountByEmail(sql, normalized);
			await verify(account?.passwordHash ?? null, password, normalized, from.address);
			if (account === undefined) throw new AppError('signIn.failed');
			return sessions.begin('account', account.id, from);
		},

		async own(id) {
			const { name, email, language, passwordHash } = await require(id);
			return {
				id,
				name,
				email,
				language,
				hasPassword: passwordHash !== null,
				programmes: await selectMemberships(sql, id),
			};
		},

		async change(id, { name, language, email, currentPassword }, address) {
			const account = await require(id);
			if (email !== undefined && email !== account.email && account.passwordHash !== null) {
				await verify(account.passwordHash, currentPassword ?? '', account.id, address);
			}
			const done = await updateAccount(sql, id, {
				name: name ?? account.name,
				language: language ?? account.language,
				email: email ?? account.email,
			});
			if (!done) throw new AppError('account.emailTaken');
		},

		async changePassword(id, { password, currentPassword }, from) {
			const account = await require(id);
			if (account.passwordHash !== null) {
				await verify(account.passwordHash, currentPassword ?? '', account.id, from.address);
			}
			await updatePasswordHash(sql, id, await hashPassword(password));
			await sessions.endAll('account', id);
			return sessions.begin('account', id, from);
		},
	};
}

/** @throws AppError `account.emailTaken` */
export async function createAccount(sql: Sql, account: NewAccount, language: Language): Promise<AccountId> {
	const { name, email, password } = account;
	const id = await insertAccount(sql, { name, email, language, passwordHash: await hashPassword(password) });
	if (id === null) throw new AppError('account.emailTaken');
	return id;
}
