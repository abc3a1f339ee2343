import * as z from 'zod';

import { accountId, programmeId } from '#lib/domain/ids.ts';
import {
	invitationLook,
	invitationRedemption,
	madeInvitation,
	newInvitation,
	openInvitation,
	roleChange,
	team,
} from '#lib/protocol/accounts.ts';
import type { Sql } from '#server/db/client.ts';
import { nothing, route, type Route } from '#server/http/route.ts';
import type { Sessions } from '#server/identity.ts';

import { requireProgrammeRole } from './access-service.ts';
import type { TeamService } from './team-service.ts';

export type TeamRoutesNeeds = { readonly sql: Sql; readonly sessions: Sessions; readonly teams: TeamService };

const programmeParams = z.object({ programmeId });
const memberParams = z.object({ programmeId, accountId });
const invitationParams = z.object({ programmeId, invitationId: z.uuid() });

/** A programme's team and its invitations. */
export function teamRoutes({ sql, sessions, teams }: TeamRoutesNeeds): Route[] {
	return [
		route({
			method: 'get',
			path: '/programmes/:programmeId/team',
			summary: "A programme's team and its open invitations",
			access: 'account',
			params: programmeParams,
			response: team,
			async handle({ identity, params }) {
				await requireProgrammeRole(sql, identity, params.programmeId);
				return teams.read(params.programmeId, identity.account.id);
			},
		}),
		route({
			method: 'put',
			path: '/programmes/:programmeId/team/:accountId',
			summary: 'Change the role of somebody in the team',
			access: 'account',
			params: memberParams,
			body: roleChange,
			response: nothing,
			async handle({ identity, params, body }) {
				await requireProgrammeRole(sql, identity, params.programmeId, 'lead');
				await teams.setRole(params.programmeId, params.accountId, body.role);
			},
		}),
		route({
			method: 'delete',
			path: '/programmes/:programmeId/team/:accountId',
			summary: 'Take somebody out of the team; signs them out everywhere',
			access: 'account',
			params: memberParams,
			response: nothing,
			async handle({ identity, params }) {
				await requireProgrammeRole(sql, identity, params.programmeId, 'lead');
				await teams.remove(params.programmeId, params.accountId);
				await sessions.endAll('account', params.accountId);
			},
		}),
		route({
			method: 'post',
			path: '/programmes/:programmeId/invitations',
			summary: 'Make an invitation link, shown once',
			access: 'account',
			params: programmeParams,
			body: newInvitation,
			status: 201,
			response: madeInvitation,
			async handle({ identity, params, body, baseUrl }) {
				await requireProgrammeRole(sql, identity, params.programmeId, 'lead');
				return teams.invite(params.programmeId, body, { accountId: identity.account.id, baseUrl });
			},
		}),
		route({
			method: 'delete',
			path: '/programmes/:programmeId/invitations/:invitationId',
			summary: 'Take an invitation back',
			access: 'account',
			params: invitationParams,
			response: nothing,
			async handle({ identity, params }) {
				await requireProgrammeRole(sql, identity, params.programmeId, 'lead');
				await teams.takeBack(params.programmeId, params.invitationId);
			},
		}),
		route({
			method: 'post',
			path: '/invitations/look',
			summary: 'What an invitation is for',
			access: 'public',
			body: invitationLook,
			response: openInvitation,
			handle: ({ body }) => teams.look(body.secret),
		}),
		route({
			method: 'post',
			path: '/invitations/redeem',
			summary: 'Join a team with an invitation, signed in or with a new account',
			access: 'public',
			body: invitationRedemption,
			response: nothing,
			async handle({ identity, body: { secret, account }, language, setCookie, ...caller }) {
				const id = await teams.redeem({ secret, account, language, signedIn: identity.account?.id ?? null });
				setCookie(await sessions.begin('account', id, caller));
			},
		}),
	];
}
