import * as z from 'zod';

import { accountId, programmeId } from '#lib/domain/ids.ts';
import { singleLine } from '#lib/domain/idea.ts';
import { language } from '#lib/domain/language.ts';

import { localizedText } from './localized-text.ts';

/** What travels about facilitators' accounts, sessions and teams. Times are ISO 8601 in UTC. */

export const minPasswordLength = 12;

export const personName = singleLine(80);

/** Kept in lower case: nobody has two accounts because of a capital letter. */
export const emailAddress = z
	.string()
	.max(254, { error: 'account.emailInvalid' })
	.transform((text) => text.trim().toLowerCase())
	.pipe(z.email({ error: 'account.emailInvalid' }));

/** Length is what counts; the upper bound keeps the hashing short. */
export const newPassword = z
	.string()
	.min(minPasswordLength, { error: 'account.passwordWeak' })
	.max(200, { error: 'account.passwordWeak' })
	.refine((password) => new Set(password).size >= 4, { error: 'account.passwordWeak' });

const presentedPassword = z.string().max(1000);
const presentedSecret = z.string().max(200);

export const signInRequest = z.strictObject({ email: z.string().max(1000), password: presentedPassword });

export const newAccount = z.strictObject({ name: personName, email: emailAddress, password: newPassword });
export type NewAccount = z.infer<typeof newAccount>;

/** Everybody in a team prepares and runs its workshops; a lead also chooses who is in it. */
export const teamRole = z.enum(['lead', 'facilitator']);
export type TeamRole = z.infer<typeof teamRole>;

/** The signed-in person. Without an e-mail and a password, only the terminal's link signs them in again. */
export const ownAccount = z.object({
	id: accountId,
	name: z.string(),
	email: z.string().nullable(),
	language,
	hasPassword: z.boolean(),
	programmes: z.array(z.object({ id: programmeId, slug: z.string(), name: localizedText, role: teamRole })),
});
export type OwnAccount = z.infer<typeof ownAccount>;

export const accountChange = z.strictObject({
	name: personName.optional(),
	language: language.optional(),
	email: emailAddress.optional(),
	/** Needed to change the e-mail of an account that has a password. */
	currentPassword: presentedPassword.optional(),
});

export const passwordChange = z.strictObject({
	/** Not needed while there is none. */
	currentPassword: presentedPassword.optional(),
	password: newPassword,
});

export const linkRedemption = z.strictObject({
	secret: presentedSecret,
	/** Makes an account of one's own; without it the link signs in the one that runs this machine. */
	account: newAccount.optional(),
});

/** Whether anybody has an account yet: a fresh machine offers to make the first. */
export const setupState = z.object({ hasAccounts: z.boolean() });

export const invitationLook = z.strictObject({ secret: presentedSecret });
export const openInvitation = z.object({
	name: z.string(),
	role: teamRole,
	programme: localizedText,
	invitedBy: z.string().nullable(),
	expiresAt: z.iso.datetime(),
});
export type OpenInvitation = z.infer<typeof openInvitation>;

/** With `account` for somebody new; without, the signed-in account joins the team. */
export const invitationRedemption = z.strictObject({ secret: presentedSecret, account: newAccount.optional() });

export const newInvitation = z.strictObject({ name: personName, role: teamRole.default('facilitator') });
export const madeInvitation = z.object({ id: z.uuid(), url: z.url(), expiresAt: z.iso.datetime() });
export type MadeInvitation = z.infer<typeof madeInvitation>;

export const team = z.object({
	programme: z.object({ id: programmeId, name: localizedText }),
	members: z.array(
		z.object({
			id: accountId,
			name: z.string(),
			email: z.string().nullable(),
			role: teamRole,
			isYou: z.boolean(),
		}),
	),
	/** Sent out and neither used, taken back nor run out. */
	invitations: z.array(z.object({ id: z.uuid(), name: z.string(), role: teamRole, expiresAt: z.iso.datetime() })),
});
export type Team = z.infer<typeof team>;

export const roleChange = z.strictObject({ role: teamRole });
