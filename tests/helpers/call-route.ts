import type { AccountId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Method, Route, RouteResult } from '#server/http/route.ts';
import { nobody, type Identity } from '#server/identity.ts';

export type RouteCall = {
	readonly params?: Record<string, string>;
	readonly query?: Record<string, string>;
	readonly body?: unknown;
	/** Signs the caller in. */
	readonly accountId?: string;
	readonly language?: Language;
	readonly address?: string;
};

/** Calls a route as the transport would, and returns its JSON. Throws what the route throws. */
export async function callRoute(
	routes: readonly Route[],
	method: Method,
	path: string,
	call: RouteCall = {},
): Promise<unknown> {
	const result = await callRouteForResult(routes, method, path, call);
	return result.kind === 'json' ? result.value : undefined;
}

export async function callRouteForResult(
	routes: readonly Route[],
	method: Method,
	path: string,
	call: RouteCall = {},
): Promise<RouteResult> {
	const route = routes.find((candidate) => candidate.method === method && candidate.path === path);
	if (route === undefined) throw new Error(`There is no route ${method} ${path}`);
	return route.run({
		params: call.params ?? {},
		query: call.query ?? {},
		body: call.body,
		identity: identityOf(call.accountId),
		stale: [],
		language: call.language ?? 'de',
		address: call.address ?? '192.0.2.1',
		secure: false,
		baseUrl: 'http://board.test',
		cookieHeader: undefined,
		setCookie: () => undefined,
	});
}

function identityOf(accountId: string | undefined): Identity {
	if (accountId === undefined) return nobody;
	const account = {
		id: accountId as AccountId,
		name: 'Claire Facilitator',
		email: 'claire@example.org',
		language: 'de',
		session: 'session',
	} as const;
	return { ...nobody, account };
}
