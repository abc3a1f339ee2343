import * as z from 'zod';

import { workshopId } from '#lib/domain/ids.ts';
import { rehearsalPlan, rehearsalStatus } from '#lib/protocol/rehearsal.ts';
import { requireFacilitator } from '#server/accounts/access-service.ts';
import type { Sql } from '#server/db/client.ts';
import { route, type Route } from '#server/http/route.ts';

import type { RehearsalService } from './rehearsal-service.ts';

export type RehearsalRoutesNeeds = { readonly sql: Sql; readonly rehearsals: RehearsalService };

const ofWorkshop = z.object({ workshopId });

/** Rehearsing an evening with synthetic people: for the team of the programme. */
export function rehearsalRoutes({ sql, rehearsals }: RehearsalRoutesNeeds): Route[] {
	return [
		route({
			method: 'post',
			path: '/workshops/:workshopId/rehearsal',
			summary: 'Mark a workshop as a rehearsal, and let synthetic people come in',
			access: 'account',
			params: ofWorkshop,
			body: rehearsalPlan,
			response: rehearsalStatus,
			async handle({ identity, params, body }) {
				const { id } = await requireFacilitator(sql, identity, params.workshopId);
				return rehearsals.start(params.workshopId, body, id);
			},
		}),
		route({
			method: 'get',
			path: '/workshops/:workshopId/rehearsal',
			summary: 'How a rehearsal is going',
			access: 'account',
			params: ofWorkshop,
			response: rehearsalStatus,
			async handle({ identity, params }) {
				await requireFacilitator(sql, identity, params.workshopId);
				return rehearsals.status(params.workshopId);
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/rehearsal/end',
			summary: 'Let the synthetic people look for what they wrote, and leave',
			access: 'account',
			params: ofWorkshop,
			response: rehearsalStatus,
			async handle({ identity, params }) {
				await requireFacilitator(sql, identity, params.workshopId);
				return rehearsals.stop(params.workshopId);
			},
		}),
		route({
			method: 'delete',
			path: '/workshops/:workshopId/rehearsal',
			summary: 'Remove the synthetic people and everything they left, after a snapshot, and the mark',
			access: 'account',
			params: ofWorkshop,
			response: rehearsalStatus,
			async handle({ identity, params, language }) {
				const { id: accountId } = await requireFacilitator(sql, identity, params.workshopId);
				return rehearsals.clear(params.workshopId, { accountId, language });
			},
		}),
	];
}
