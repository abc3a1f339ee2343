import {
	accountChange,
	linkRedemption,
	ownAccount,
	passwordChange,
	setupState,
	signInRequest,
} from '#lib/protocol/accounts.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import { nothing, route, type Route } from '#server/http/route.ts';
import type { Sessions } from '#server/identity.ts';

import { hasAccounts } from './account-queries.ts';
import type { AccountService } from './account-service.ts';
import { redeemOneTimeLink } from './one-time-link-service.ts';

export type AccountRoutesNeeds = {
	readonly database: Database;
	readonly clock: Clock;
	readonly sessions: Sessions;
	readonly accounts: AccountService;
};

/** Signing in and out, and one's own account. */
export function accountRoutes({ database, clock, sessions, accounts }: AccountRoutesNeeds): Route[] {
	return [
		route({
			method: 'get',
			path: '/setup',
			summary: 'Whether anybody has an account yet',
			access: 'public',
			response: setupState,
			handle: async () => ({ hasAccounts: await hasAccounts(database) }),
		}),
		route({
			method: 'post',
			path: '/sign-in',
			summary: 'Sign in with e-mail and password',
			access: 'public',
			body: signInRequest,
			response: nothing,
			async handle({ body, setCookie, ...caller }) {
				setCookie(await accounts.signIn(body, caller));
			},
		}),
		route({
			method: 'post',
			path: '/one-time-links/redeem',
			summary: "Sign in with the link from the machine's terminal",
			access: 'public',
			body: linkRedemption,
			response: nothing,
			async handle({ body: { secret, account }, language, setCookie, ...caller }) {
				const id = await redeemOneTimeLink(database, clock, { secret, account, language });
				setCookie(await sessions.begin('account', id, caller));
			},
		}),
		route({
			method: 'post',
			path: '/sign-out',
			summary: 'Sign out of this browser',
			access: 'public',
			response: nothing,
			async handle({ setCookie, ...caller }) {
				setCookie(await sessions.end('account', caller));
			},
		}),
		route({
			method: 'post',
			path: '/sign-out-everywhere',
			summary: 'Sign out of every browser, this one included',
			access: 'account',
			response: nothing,
			async handle({ identity, setCookie, ...caller }) {
				await sessions.endAll('account', identity.account.id);
				setCookie(await sessions.end('account', caller));
			},
		}),
		route({
			method: 'get',
			path: '/account',
			summary: 'The signed-in account and the programmes it works in',
			access: 'account',
			response: ownAccount,
			handle: ({ identity }) => accounts.own(identity.account.id),
		}),
		route({
			method: 'patch',
			path: '/account',
			summary: 'Change name, language or e-mail',
			access: 'account',
			body: accountChange,
			response: ownAccount,
			async handle({ identity, body, address }) {
				await accounts.change(identity.account.id, body, address);
				return accounts.own(identity.account.id);
			},
		}),
		route({
			method: 'put',
			path: '/account/password',
			summary: 'Set or change the password; signs out everywhere else',
			access: 'account',
			body: passwordChange,
			response: nothing,
			async handle({ identity, body, setCookie, ...caller }) {
				setCookie(await accounts.changePassword(identity.account.id, body, caller));
			},
		}),
	];
}
