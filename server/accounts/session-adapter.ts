import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';

import type { Sql } from '#server/db/client.ts';
import type { SessionKind } from '#server/identity.ts';
import { hashSecret } from '#server/secret.ts';

import {
	deleteExpiredSessions,
	deleteOwnersSessions,
	deleteSession,
	findAccountSession,
	findDeviceSession,
	findGuestSession,
	insertSession,
	updateSessionExpiry,
	type AccountOwner,
	type DeviceOwner,
	type GuestOwner,
	type SessionRow,
} from './session-queries.ts';

export type SessionOwner = AccountOwner | GuestOwner | DeviceOwner;

const finders = {
	account: findAccountSession,
	guest: findGuestSession,
	device: findDeviceSession,
} as const satisfies Record<SessionKind, (sql: Sql, idHash: Uint8Array) => Promise<unknown>>;

/**
 * Keeps lucia's sessions of one kind in Postgres, under a hash of their id: whoever reads the database or a backup can't sign
 * in with it. The id is hashed inside every method; what goes back to lucia carries the id that was presented, because lucia
 * writes the renewed cookie from it.
 */
export class HashingSessionAdapter implements Adapter {
	readonly #sql: Sql;
	readonly #kind: SessionKind;

	constructor(sql: Sql, kind: SessionKind) {
		this.#sql = sql;
		this.#kind = kind;
	}

	async getSessionAndUser(sessionId: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
		const row: (SessionRow & SessionOwner) | undefined = await finders[this.#kind](this.#sql, hashSecret(sessionId));
		if (row === undefined) return [null, null];
		const { ownerId, expiresAt, shared, ...owner } = row;
		return [
			{ id: sessionId, userId: ownerId, expiresAt, attributes: { shared } },
			{ id: ownerId, attributes: { owner } },
		];
	}

	async setSession(session: DatabaseSession): Promise<void> {
		const { id, userId: ownerId, expiresAt, attributes } = session;
		const { shared } = attributes;
		await insertSession(this.#sql, this.#kind, { idHash: hashSecret(id), ownerId, expiresAt, shared });
	}

	async updateSessionExpiration(sessionId: string, expiresAt: Date): Promise<void> {
		await updateSessionExpiry(this.#sql, hashSecret(sessionId), expiresAt);
	}

	async deleteSession(sessionId: string): Promise<void> {
		await deleteSession(this.#sql, this.#kind, hashSecret(sessionId));
	}

	async deleteUserSessions(userId: string): Promise<void> {
		await deleteOwnersSessions(this.#sql, this.#kind, userId);
	}

	async deleteExpiredSessions(): Promise<void> {
		await deleteExpiredSessions(this.#sql);
	}

	/** An id can't be told from its hash, so there is nothing to list; nothing here asks for it. */
	getUserSessions(): Promise<DatabaseSession[]> {
		return Promise.resolve([]);
	}
}
