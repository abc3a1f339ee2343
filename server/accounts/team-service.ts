import type { AccountId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { MadeInvitation, NewAccount, OpenInvitation, Team } from '#lib/protocol/accounts.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import { hashSecret, newSecret } from '#server/secret.ts';

import type { Role } from './access-queries.ts';
import { createAccount } from './account-service.ts';
import {
	deleteMember,
	findOpenInvitation,
	findProgramme,
	insertInvitation,
	lockTeam,
	markInvitationRedeemed,
	putMember,
	revokeInvitation,
	selectMembers,
	selectOpenInvitations,
} from './team-queries.ts';

/**
 * Who prepares and runs a programme's workshops. A team always keeps a lead. People come in by an invitation: a link that holds
 * a secret in its fragment, is good for a week and for one person.
 */
export type TeamService = {
	read(programmeId: string, reader: AccountId): Promise<Team>;
	/** @throws AppError `account.lastLead`, `access.denied` for somebody who isn't in the team */
	setRole(programmeId: string, accountId: string, role: Role): Promise<void>;
	/** @throws AppError `account.lastLead`, `access.denied` for somebody who isn't in the team */
	remove(programmeId: string, accountId: string): Promise<void>;
	invite(
		programmeId: string,
		invitation: { name: string; role: Role },
		by: { accountId: AccountId; baseUrl: string },
	): Promise<MadeInvitation>;
	takeBack(programmeId: string, invitationId: string): Promise<void>;
	/** What an invitation says before it is redeemed. @throws AppError `signIn.linkInvalid` */
	look(secret: string): Promise<OpenInvitation>;
	/**
	 * Takes an invitation up, for the signed-in account or a new one.
	 * @throws AppError `signIn.linkInvalid`, `account.emailTaken` (the link stays good then), `session.missing` with neither
	 */
	redeem(redemption: {
		secret: string;
		account: NewAccount | undefined;
		signedIn: AccountId | null;
		language: Language;
	}): Promise<AccountId>;
};

const invitationDays = 7;

export function createTeamService(database: Database, clock: Clock): TeamService {
	async function requireOtherLead(sql: Parameters<typeof lockTeam>[0], programmeId: string, accountId: string) {
		const team = await lockTeam(sql, programmeId);
		const isOnlyLead = team.some((member) => member.accountId === accountId && member.role === 'lead');
		const others = team.filter((member) => member.accountId !== accountId && member.role === 'lead');
		if (isOnlyLead && others.length === 0) throw new AppError('account.lastLead');
		return team;
	}

	return {
		async read(programmeId, reader) {
			const [programme, members, invitations] = await Promise.all([
				findProgramme(database, programmeId),
				selectMembers(database, programmeId),
				selectOpenInvitations(database, programmeId, clock.now()),
			]);
			if (programme === undefined) throw new AppError('page.unknown');
			return {
				programme,
				members: members.map((member) => ({ ...member, isYou: member.id === reader })),
				invitations: invitations.map(({ expiresAt, ...rest }) => ({ ...rest, expiresAt: expiresAt.toISOString() })),
			};
		},

		async setRole(programmeId, accountId, role) {
			await database.begin(async (sql) => {
				const team =
					role === 'lead' ? await lockTeam(sql, programmeId) : await requireOtherLead(sql, programmeId, accountId);
				if (!team.some((member) => member.accountId === accountId)) throw new AppError('access.denied');
				await putMember(sql, programmeId, accountId, role);
			});
		},

		async remove(programmeId, accountId) {
			await database.begin(async (sql) => {
				const team = await requireOtherLead(sql, programmeId, accountId);
				if (!team.some((member) => member.accountId === accountId)) throw new AppError('access.denied');
				await deleteMember(sql, programmeId, accountId);
			});
		},

		async invite(programmeId, { name, role }, { accountId, baseUrl }) {
			const now = clock.now();
			const secret = newSecret();
			const expiresAt = new Date(now.getTime() + invitationDays * 24 * 60 * 60 * 1000);
			const id = await insertInvitation(database, {
				secretHash: hashSecret(secret),
				programmeId,
				role,
				name,
				invitedBy: accountId,
				now,
				expiresAt,
			});
			return { id, url: `${baseUrl}/studio/invitation#${secret}`, expiresAt: expiresAt.toISOString() };
		},

		takeBack: (programmeId, invitationId) => revokeInvitation(database, programmeId, invitationId, clock.now()),

		async look(secret) {
			const found = await findOpenInvitation(database, hashSecret(secret), clock.now());
			if (found === undefined) throw new AppError('signIn.linkInvalid');
			const { name, role, programme, invitedBy, expiresAt } = found;
			return { name, role, programme, invitedBy, expiresAt: expiresAt.toISOString() };
		},

		redeem: ({ secret, account, signedIn, language }) =>
			database.begin(async (sql) => {
				const now = clock.now();
				const invitation = await findOpenInvitation(sql, hashSecret(secret), now);
				if (invitation === undefined) throw new AppError('signIn.linkInvalid');
				const accountId = account === undefined ? signedIn : await createAccount(sql, account, language);
				if (accountId === null) throw new AppError('session.missing');
				const team = await lockTeam(sql, invitation.programmeId);
				const isLead = team.some((member) => member.accountId === accountId && member.role === 'lead');
				await putMember(sql, invitation.programmeId, accountId, isLead ? 'lead' : invitation.role);
				await markInvitationRedeemed(sql, invitation.id, accountId, now);
				return accountId;
			}),
	};
}
