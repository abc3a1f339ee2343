import type { AccountId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import { translator } from '#lib/i18n/translator.ts';
import type { NewAccount } from '#lib/protocol/accounts.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import { hashSecret, newSecret } from '#server/secret.ts';

import { adoptLeaderlessProgrammes, findFirstLead, insertAccount } from './account-queries.ts';
import { createAccount } from './account-service.ts';
import { deleteOldOneTimeLinks, insertOneTimeLink, lockRedemptions, useOneTimeLink } from './one-time-link-queries.ts';

/**
 * The link that the terminal prints. Whoever can read it runs the machine, and may therefore do what the machine's lead may: it
 * signs in the first lead, on a fresh machine an account that is made on the spot. It works once, for a quarter of an hour, and only
 * when somebody presses the button on its page, so that a program that looks at links doesn't use it up.
 */
export const oneTimeLinkMinutes = 15;

/** A good link's address: the secret is in the fragment, which no server and no log ever sees. */
export async function createOneTimeLink(database: Database, clock: Clock, baseUrl: string): Promise<string> {
	const now = clock.now();
	const secret = newSecret();
	await deleteOldOneTimeLinks(database, now);
	await insertOneTimeLink(database, {
		secretHash: hashSecret(secret),
		now,
		expiresAt: new Date(now.getTime() + oneTimeLinkMinutes * 60_000),
	});
	return `${baseUrl}/studio/enter#${secret}`;
}

/**
 * Uses a link up and says whom to sign in.
 * @param account makes an account of one's own instead of taking the machine's
 * @throws AppError `signIn.linkInvalid`, `account.emailTaken` (the link stays good then)
 */
export async function redeemOneTimeLink(
	database: Database,
	clock: Clock,
	redemption: { secret: string; account: NewAccount | undefined; language: Language },
): Promise<AccountId> {
	const { secret, account, language } = redemption;
	return database.begin(async (sql) => {
		await lockRedemptions(sql);
		if (!(await useOneTimeLink(sql, hashSecret(secret), clock.now()))) throw new AppError('signIn.linkInvalid');
		const id =
			account === undefined
				? ((await findFirstLead(sql))?.id ??
					(await insertAccount(sql, {
						name: translator(language)('account:firstName'),
						email: null,
						passwordHash: null,
						language,
					})))
				: await createAccount(sql, account, language);
		if (id === null) throw new Error('An account without an e-mail was taken');
		await adoptLeaderlessProgrammes(sql, id);
		return id;
	});
}
