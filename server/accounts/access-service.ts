import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import type { Sql } from '#server/db/client.ts';
import type { AccountIdentity, Identity } from '#server/identity.ts';

import { findRoleInEdition, findRoleInProgramme, findRoleInWorkshop, type Role } from './access-queries.ts';

/**
 * Which account may prepare and run what: whoever is in a programme's team may do everything in its editions and workshops; only
 * a lead may change the team. Checked against the rows each time, so that a right that was taken away is gone at once.
 *
 * All of them throw `session.missing` for somebody who isn't signed in, a code of their own for what doesn't exist, and
 * `access.denied` for accounts outside the team.
 */

/** @throws AppError `session.missing`, `workshop.unknown`, `access.denied` */
export async function requireFacilitator(sql: Sql, identity: Identity, workshopId: string): Promise<AccountIdentity> {
	const account = requireAccount(identity);
	requireRole(await findRoleInWorkshop(sql, account.id, workshopId), 'facilitator', 'workshop.unknown');
	return account;
}

/** @throws AppError `session.missing`, `page.unknown`, `access.denied` */
export async function requireEditionRole(
	sql: Sql,
	identity: Identity,
	editionId: string,
	role: Role = 'facilitator',
): Promise<AccountIdentity> {
	const account = requireAccount(identity);
	requireRole(await findRoleInEdition(sql, account.id, editionId), role, 'page.unknown');
	return account;
}

/** @throws AppError `session.missing`, `page.unknown`, `access.denied` */
export async function requireProgrammeRole(
	sql: Sql,
	identity: Identity,
	programmeId: string,
	role: Role = 'facilitator',
): Promise<AccountIdentity> {
	const account = requireAccount(identity);
	requireRole(await findRoleInProgramme(sql, account.id, programmeId), role, 'page.unknown');
	return account;
}

export function requireAccount(identity: Identity): AccountIdentity {
	if (identity.account === null) throw new AppError('session.missing');
	return identity.account;
}

function requireRole(found: { role: Role | null } | undefined, role: Role, unknown: ErrorCode): void {
	if (found === undefined) throw new AppError(unknown);
	if (found.role === null || (role === 'lead' && found.role !== 'lead')) throw new AppError('access.denied');
}

/** The same question as {@link requireFacilitator}, for standing connections. */
export function createMayFacilitate(sql: Sql): (accountId: string, workshopId: string) => Promise<boolean> {
	return async (accountId, workshopId) => {
		const found = await findRoleInWorkshop(sql, accountId, workshopId);
		return found !== undefined && found.role !== null;
	};
}
