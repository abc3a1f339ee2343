import type { z } from 'zod';

import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Membership, membershipChange, signUp } from '#lib/protocol/projects.ts';
import { calendarDay } from '#server/calendar-day.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import { hashSecret, newSecret } from '#server/secret.ts';

import {
	findMembership,
	lockProjectForSignUp,
	updateMembership,
	upsertMember,
	withdrawMember,
	type MembershipRow,
} from './member-queries.ts';
import { isSignUpOpen } from './project-page-presenter.ts';

/**
 * How people come to a project and leave it again, without an account.
 *
 * Whoever signs up gets a link that changes or withdraws the entry; only the hash of its token is kept. An address has one
 * entry in a project. Signing up again replaces it and gives a new link, so the answer is the same whether the address was
 * known or not, and a link that got lost can be had again. The link shows neither name nor address.
 */
export type MembershipOptions = {
	readonly database: Database;
	readonly clock: Clock;
	/** Told after the commit, so that counts on live screens follow. */
	readonly membersChanged: (workshopId: WorkshopId) => void;
};

export type MembershipService = ReturnType<typeof createMembershipService>;

export function createMembershipService({ database, clock, membersChanged }: MembershipOptions) {
	function tell(workshopId: WorkshopId | null): void {
		if (workshopId !== null) membersChanged(workshopId);
	}

	return {
		/**
		 * @returns the token of the entry
		 * @throws AppError `project.unknown`, `project.signUpClosed`
		 */
		async signUp(
			place: { readonly edition: string; readonly slug: string },
			entry: z.output<typeof signUp>,
			language: Language,
		): Promise<string> {
			const token = newSecret();
			const now = clock.now();
			const project = await database.begin(async (tx) => {
				const found = await lockProjectForSignUp(tx, place.edition, place.slug);
				if (found === undefined) throw new AppError('project.unknown');
				if (!isSignUpOpen(found.keptUntil, calendarDay(now))) throw new AppError('project.signUpClosed');
				const { consent: _, ...given } = entry;
				const member = { ...given, projectId: found.id, language, consentAt: now, tokenHash: hashSecret(token) };
				await upsertMember(tx, member);
				return found;
			});
			tell(project.workshopId);
			return token;
		},

		/** @throws AppError `project.linkInvalid` */
		async look(token: string): Promise<Membership> {
			return present(await find(database, token));
		},

		/** @throws AppError `project.linkInvalid` */
		async change({ token, involvement, message }: z.output<typeof membershipChange>): Promise<Membership> {
			const row = await find(database, token);
			await updateMembership(database, row.id, { involvement, message });
			tell(row.workshopId);
			return present({ ...row, involvement });
		},

		/** @throws AppError `project.linkInvalid` */
		async withdraw(token: string): Promise<void> {
			const row = await find(database, token);
			await withdrawMember(database, row.id, clock.now());
			tell(row.workshopId);
		},
	};
}

async function find(database: Database, token: string): Promise<MembershipRow> {
	const row = await findMembership(database, hashSecret(token));
	if (row === undefined) throw new AppError('project.linkInvalid');
	return row;
}

function present({ slug, title, editionSlug, involvement, since, keptUntil }: MembershipRow): Membership {
	return { project: { slug, title, editionSlug }, involvement, since: since.toISOString(), keptUntil };
}
