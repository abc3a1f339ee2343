import type * as z from 'zod';

import type { Language } from '#lib/domain/language.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { AccountIdentity, GuestIdentity, Identity, SessionKind } from '#server/identity.ts';

import { parseInput, parseParams } from './request-input.ts';

/**
 * A REST route as a description: what comes in, who may call, what goes out. Features list theirs in `<feature>-routes.ts`; the
 * Express side mounts them under `/api/v1` and the OpenAPI document is written from them.
 *
 * A request is parsed once, against the schemas; `handle` gets typed values and returns what the `response` says. A refusal is
 * thrown as an `AppError`. The returned value goes through the response's schema, so that nothing leaves that it doesn't name.
 */
export type Route = {
	readonly method: Method;
	/** Below `/api/v1`, with `:name` for parameters. */
	readonly path: `/${string}`;
	readonly summary: string;
	readonly access: Access;
	readonly params: z.ZodType | undefined;
	readonly query: z.ZodType | undefined;
	readonly body: z.ZodType | undefined;
	readonly bodyLimit: number;
	readonly status: number;
	readonly response: ResponseKind;
	readonly run: (request: RawRequest) => Promise<RouteResult>;
};

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** `account`: a signed-in person; `guest`: somebody who joined with this browser; `public`: anybody. Finer rights are `handle`'s to check. */
export type Access = 'public' | 'account' | 'guest';

/** A schema means JSON. */
export type ResponseKind = z.ZodType | FileKind | typeof redirection | typeof nothing;

/** A download or a page that is made by the server itself. */
export type FileKind = { readonly kind: 'file'; readonly contentType: string };
export const fileOf = (contentType: string): FileKind => ({ kind: 'file', contentType });
export const csvFile = fileOf('text/csv; charset=utf-8');
export const htmlPage = fileOf('text/html; charset=utf-8');

/** Answered with 303. */
export const redirection = { kind: 'redirect' } as const;
/** Answered with 204. */
export const nothing = { kind: 'nothing' } as const;

export type FileBody = {
	readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>;
	/** Offered as a download under this name; without one it is shown. */
	readonly fileName?: string;
};

export type RouteResult =
	| { readonly kind: 'json'; readonly value: unknown }
	| { readonly kind: 'file'; readonly contentType: string; readonly file: FileBody }
	| { readonly kind: 'redirect'; readonly location: string }
	| { readonly kind: 'nothing' };

/** What the transport knows of a request, before it is parsed. */
export type RawRequest = Caller & {
	readonly params: unknown;
	readonly query: unknown;
	readonly body: unknown;
	readonly identity: Identity;
	readonly stale: readonly SessionKind[];
};

export type Caller = {
	/** The caller's own choice, else the account's, else the browser's. */
	readonly language: Language;
	readonly address: string;
	/** Came over https, so that cookies may be `Secure`. */
	readonly secure: boolean;
	/** Scheme and host that links are made with, without a slash at the end. */
	readonly baseUrl: string;
	/** The headers' `Cookie` line, for what ends or rotates sessions. */
	readonly cookieHeader: string | undefined;
	/** Adds a `Set-Cookie` line to the answer. */
	readonly setCookie: (line: string) => void;
};

type IdentityFor<A extends Access> = A extends 'account'
	? Identity & { readonly account: AccountIdentity }
	: A extends 'guest'
		? Identity & { readonly guest: GuestIdentity }
		: Identity;

type Parsed<Schema extends z.ZodType | undefined> = Schema extends z.ZodType ? z.output<Schema> : undefined;

type Returned<R extends ResponseKind> = R extends z.ZodType
	? z.input<R>
	: R extends FileKind
		? FileBody
		: R extends typeof redirection
			? { readonly location: string }
			: // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what a handler returns that returns nothing
				void;

export type RouteInput<
	A extends Access,
	P extends z.ZodType | undefined,
	Q extends z.ZodType | undefined,
	B extends z.ZodType | undefined,
> = Caller & {
	readonly params: Parsed<P>;
	readonly query: Parsed<Q>;
	readonly body: Parsed<B>;
	readonly identity: IdentityFor<A>;
};

const usualBodyLimit = 64 * 1024;

/**
 * Describes a route.
 * @param description `status` is that of a success (200, or 204 and 303 where the response says so); `bodyLimit` in bytes (64 KiB)
 */
export function route<
	A extends Access,
	R extends ResponseKind,
	P extends z.ZodType | undefined = undefined,
	Q extends z.ZodType | undefined = undefined,
	B extends z.ZodType | undefined = undefined,
>(description: {
	method: Method;
	path: `/${string}`;
	summary: string;
	access: A;
	params?: P;
	query?: Q;
	body?: B;
	bodyLimit?: number;
	status?: number;
	response: R;
	handle: (input: RouteInput<A, P, Q, B>) => Returned<R> | Promise<Returned<R>>;
}): Route {
	const { method, path, summary, access, params, query, body, response, handle } = description;
	return {
		method,
		path,
		summary,
		access,
		params,
		query,
		body,
		bodyLimit: description.bodyLimit ?? usualBodyLimit,
		status: description.status ?? usualStatus(response),
		response,
		async run(request) {
			admit(access, request);
			const input = {
				...request,
				params: parseParams(params, request.params),
				query: parseInput(query, request.query),
				body: parseInput(body, request.body),
			};
			// The schemas have just made these values, and `admit` has checked the session.
			return toResult(response, await handle(input as unknown as RouteInput<A, P, Q, B>));
		},
	};
}

function usualStatus(response: ResponseKind): number {
	if (!('kind' in response)) return 200;
	if (response.kind === 'nothing') return 204;
	return response.kind === 'redirect' ? 303 : 200;
}

function admit(access: Access, { identity, stale }: RawRequest): void {
	if (access === 'public' || identity[access] !== null) return;
	throw new AppError(stale.includes(access) ? 'session.expired' : 'session.missing');
}

function toResult(response: ResponseKind, returned: unknown): RouteResult {
	if (!('kind' in response)) return { kind: 'json', value: response.parse(returned) };
	if (response.kind === 'nothing') return { kind: 'nothing' };
	if (response.kind === 'redirect') return { kind: 'redirect', ...(returned as { location: string }) };
	return { kind: 'file', contentType: response.contentType, file: returned as FileBody };
}
