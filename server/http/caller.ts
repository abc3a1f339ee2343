import type { Request, Response } from 'express';

import { defaultLanguage, isLanguage, preferredLanguage, type Language } from '#lib/domain/language.ts';
import { languageCookie } from '#lib/i18n/preference-cookie.ts';
import { pagePassHeader } from '#lib/protocol/page-pass.ts';
import { readCookie } from '#server/cookies.ts';
import type { Identity } from '#server/identity.ts';

import type { PagePass, PagePasses } from './page-pass.ts';
import type { Caller } from './route.ts';

/** The one that calls, before anything is known of their sessions. */
export type Line = PagePass;

/** Where the server can be found. */
export type Addresses = {
	/** As configured, if it is. */
	readonly publicUrl: string | undefined;
	/** What to put into links for somebody who uses the board on its own machine: others can't open `localhost`. */
	readonly shareableOrigin: string;
};

/**
 * Where a request comes from and under which address it reached us, proxies as far as they are trusted.
 * A request counts as secure if it came over https, or to the very host that is publicly https: a proxy that ends TLS may not say so.
 */
export function lineOf(request: Request, { publicUrl, shareableOrigin }: Addresses): Line {
	// Old clients may name no host at all.
	const host = request.headers.host === undefined ? '' : request.host.toLowerCase();
	const secure = request.secure || publicUrl === `https://${host}`;
	const ownUrl = `${secure ? 'https' : 'http'}://${host}`;
	const shareable = isLoopbackHost(host) ? shareableOrigin : ownUrl;
	return { address: request.ip ?? '', host, baseUrl: publicUrl ?? shareable, secure };
}

/** Like {@link lineOf}; a call made by one of our own pages counts as its reader's. */
export function lineOfApiCall(request: Request, addresses: Addresses, passes: PagePasses): Line {
	return passes.read(request.get(pagePassHeader)) ?? lineOf(request, addresses);
}

function isLoopbackHost(host: string): boolean {
	return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);
}

export function callerOf(request: Request, response: Response, line: Line, identity: Identity): Caller {
	const { address, baseUrl, secure } = line;
	return {
		address,
		baseUrl,
		secure,
		language: languageOf(request, identity),
		cookieHeader: request.headers.cookie,
		setCookie: (cookie) => response.append('Set-Cookie', cookie),
	};
}

function languageOf(request: Request, identity: Identity): Language {
	const chosen = readCookie(request.headers.cookie, languageCookie);
	if (isLanguage(chosen)) return chosen;
	return identity.account?.language ?? preferredLanguage(request.get('Accept-Language')) ?? defaultLanguage;
}
