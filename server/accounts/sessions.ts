import { EventEmitter } from 'node:events';

import { Lucia, TimeSpan, type Cookie, type Session, type User } from 'lucia';

import { readCookie } from '#server/cookies.ts';
import type { Sql } from '#server/db/client.ts';
import {
	sessionKinds,
	type Authentication,
	type CookieCarrier,
	type Identity,
	type Revocation,
	type SessionKind,
	type Sessions,
} from '#server/identity.ts';
import { hashSecret } from '#server/secret.ts';

import { HashingSessionAdapter, type SessionOwner } from './session-adapter.ts';
import { deleteExpiredSessions, deleteSession } from './session-queries.ts';

/**
 * Sessions of accounts, guests and devices: three instances of lucia with a cookie each.
 *
 * A session lasts its time from the last use in the second half of it. Its id is always made here, never taken from a request, and
 * changes whenever somebody signs in or changes their password. The cookie is `Secure` exactly when the request came over https,
 * because a hall is plain http. One on a shared device ends a quarter of an hour after its last use. Server and browser agree on the life of the session through the database alone: the cookie
 * outlives it, so that a session that was renewed by a live connection isn't lost with an older cookie.
 */

declare module 'lucia' {
	interface Register {
		Lucia: SessionLucia;
		DatabaseUserAttributes: { owner: SessionOwner };
		DatabaseSessionAttributes: { shared: boolean };
		UserId: string;
	}
}

type SessionLucia = Lucia<object, { owner: SessionOwner }>;

export const cookieNames = {
	account: 'boost_account',
	guest: 'boost_guest',
	device: 'boost_device',
} as const satisfies Record<SessionKind, string>;

const lifetimes = {
	account: new TimeSpan(30, 'd'),
	guest: new TimeSpan(60, 'd'),
	device: new TimeSpan(14, 'd'),
} as const satisfies Record<SessionKind, TimeSpan>;

/** What lucia makes: 25 random bytes in base 32. Anything else isn't looked up. */
const sessionIdShape = /^[a-z2-7]{40}$/;

type Presented = { kind: SessionKind; id: string; valid: { session: Session; user: User } | null };

export function createSessions(sql: Sql): Sessions {
	const instances: Record<SessionKind, SessionLucia> = {
		account: createInstance(sql, 'account'),
		guest: createInstance(sql, 'guest'),
		device: createInstance(sql, 'device'),
	};
	const revocations = new EventEmitter<{ revoked: [Revocation] }>().setMaxListeners(0);

	async function present(cookieHeader: string | undefined): Promise<Presented[]> {
		const checks = sessionKinds.map(async (kind): Promise<Presented | null> => {
			const id = readCookie(cookieHeader, cookieNames[kind]);
			if (id === undefined || id === '') return null;
			if (!sessionIdShape.test(id)) return { kind, id, valid: null };
			const { session, user } = await instances[kind].validateSession(id);
			return { kind, id, valid: session === null ? null : { session, user } };
		});
		return (await Promise.all(checks)).filter((presented) => presented !== null);
	}

	async function endPresented(kind: SessionKind, cookieHeader: string | undefined): Promise<void> {
		const id = readCookie(cookieHeader, cookieNames[kind]);
		if (id === undefined || !sessionIdShape.test(id)) return;
		const hash = hashSecret(id);
		const ownerId = await deleteSession(sql, kind, hash);
		if (ownerId !== null) revocations.emit('revoked', { kind, ownerId, session: hash.toString('hex') });
	}

	return {
		identify: async (cookieHeader) => identityOf(await present(cookieHeader)),

		async authenticate(cookieHeader, secure): Promise<Authentication> {
			const presented = await present(cookieHeader);
			const cookies = presented.flatMap(({ kind, valid }) => {
				if (valid === null) return [serialize(instances[kind].createBlankSessionCookie(), secure)];
				return valid.session.fresh ? [serialize(instances[kind].createSessionCookie(valid.session.id), secure)] : [];
			});
			const stale = presented.filter(({ valid }) => valid === null).map(({ kind }) => kind);
			return { identity: identityOf(presented), stale, cookies };
		},

		async begin(kind, ownerId, { cookieHeader, secure }, { shared = false } = {}) {
			await endPresented(kind, cookieHeader);
			const session = await instances[kind].createSession(ownerId, { shared });
			return serialize(instances[kind].createSessionCookie(session.id), secure);
		},

		async end(kind: SessionKind, { cookieHeader, secure }: CookieCarrier) {
			await endPresented(kind, cookieHeader);
			return serialize(instances[kind].createBlankSessionCookie(), secure);
		},

		async endAll(kind: SessionKind, ownerId: string) {
			await instances[kind].invalidateUserSessions(ownerId);
			revocations.emit('revoked', { kind, ownerId, session: null });
		},

		onRevoked(listener) {
			revocations.on('revoked', listener);
			return () => revocations.off('revoked', listener);
		},

		deleteExpired: () => deleteExpiredSessions(sql),
	};
}

function createInstance(sql: Sql, kind: SessionKind): SessionLucia {
	return new Lucia(new HashingSessionAdapter(sql, kind), {
		sessionExpiresIn: lifetimes[kind],
		sessionCookie: { name: cookieNames[kind], expires: false, attributes: { secure: false, sameSite: 'lax' } },
		getUserAttributes: ({ owner }) => ({ owner }),
	});
}

function serialize(cookie: Cookie, secure: boolean): string {
	cookie.attributes.secure = secure;
	return cookie.serialize();
}

function identityOf(presented: readonly Presented[]): Identity {
	const found = Object.fromEntries(
		presented.flatMap(({ kind, id, valid }) =>
			valid === null ? [] : [[kind, { ...valid.user.owner, session: hashSecret(id).toString('hex') }]],
		),
	) as Partial<Identity>;
	return { account: found.account ?? null, guest: found.guest ?? null, device: found.device ?? null };
}
