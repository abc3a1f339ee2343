import * as z from 'zod';

import type { AccountId, DeviceId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';

/**
 * Who is behind a request or a connection, as far as its cookies show. The three sessions are independent: a facilitator's
 * laptop may be a guest of the same workshop and its projector at once.
 *
 * `session` is the hash under which a session is kept. It tells two sessions of one account apart and opens nothing.
 */
export type Identity = {
	readonly account: AccountIdentity | null;
	readonly guest: GuestIdentity | null;
	readonly device: DeviceIdentity | null;
};

export type AccountIdentity = {
	readonly id: AccountId;
	readonly name: string;
	/** Null until a person who came by the terminal's link sets one. */
	readonly email: string | null;
	readonly language: Language;
	readonly session: string;
};

export type GuestIdentity = { readonly id: GuestId; readonly session: string };

export type DeviceIdentity = {
	readonly id: DeviceId;
	readonly kind: 'table' | 'screen';
	readonly workshopId: WorkshopId;
	readonly tableId: TableId | null;
	readonly session: string;
};

export const guestId = z.uuid().brand<'GuestId'>();
export type GuestId = z.infer<typeof guestId>;

export const sessionKinds = ['account', 'guest', 'device'] as const;
export type SessionKind = (typeof sessionKinds)[number];

export const nobody: Identity = { account: null, guest: null, device: null };

/** Reads the sessions out of a `Cookie` header; a forged, foreign or expired one counts as none. */
export type Identify = (cookieHeader: string | undefined) => Promise<Identity>;

/** What a page or REST request learns beyond the identity. */
export type Authentication = {
	readonly identity: Identity;
	/** Sessions whose cookie was presented but is no longer good. */
	readonly stale: readonly SessionKind[];
	/** `Set-Cookie` lines: renewed sessions, and blank ones for stale cookies. */
	readonly cookies: readonly string[];
};

/** Like {@link Identify}, for a request that can be answered with cookies. `secure`: it came over https. */
export type Authenticate = (cookieHeader: string | undefined, secure: boolean) => Promise<Authentication>;

/** Sessions that ended before their time: one of them, or (`session: null`) all of an owner's. */
export type Revocation = { readonly kind: SessionKind; readonly ownerId: string; readonly session: string | null };

/** Whether a connection that was opened as `identity` has lost a session it stands on. */
export function isRevoked(identity: Identity, revocation: Revocation): boolean {
	const held = identity[revocation.kind];
	if (held?.id !== revocation.ownerId) return false;
	return revocation.session === null || revocation.session === held.session;
}

/** What a session is started or ended for: the request that carries the old cookie and takes the new one. */
export type CookieCarrier = { readonly cookieHeader: string | undefined; readonly secure: boolean };

/** `shared`: on a device that others use too, so that it ends soon after its last use. */
export type SessionOptions = { readonly shared?: boolean };

export type Sessions = {
	readonly identify: Identify;
	readonly authenticate: Authenticate;
	/** Starts a session under a new id and ends the one of this kind that the request came with. Returns the `Set-Cookie` line. */
	begin(kind: SessionKind, ownerId: string, carrier: CookieCarrier, options?: SessionOptions): Promise<string>;
	/** Ends the session of this kind that the request came with, if any. Returns the `Set-Cookie` line that blanks its cookie. */
	end(kind: SessionKind, carrier: CookieCarrier): Promise<string>;
	/** Ends every session of an owner, on every device. */
	endAll(kind: SessionKind, ownerId: string): Promise<void>;
	/** Tells when sessions end before their time, so that live connections can end as well. Returns how to stop listening. */
	onRevoked(listener: (revocation: Revocation) => void): () => void;
	/** Clears away sessions that have run out; to be called now and then. */
	deleteExpired(): Promise<void>;
};
