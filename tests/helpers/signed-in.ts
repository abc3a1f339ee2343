import { createSessions } from '#server/accounts/sessions.ts';
import type { SessionKind } from '#server/identity.ts';

import { BrowserClient } from './browser-client.ts';
import type { RunningApp } from './running-app.ts';

/** A browser that holds a session of this owner. */
export async function signIn(app: RunningApp, ownerId: string, kind: SessionKind = 'account'): Promise<BrowserClient> {
	const sessions = createSessions(app.database.sql);
	const line = await sessions.begin(kind, ownerId, { cookieHeader: undefined, secure: false });
	const browser = new BrowserClient(app.origin);
	const [pair = ''] = line.split(';');
	const equals = pair.indexOf('=');
	browser.cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
	return browser;
}
