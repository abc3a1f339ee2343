import * as z from 'zod';

import { workshopId } from '#lib/domain/ids.ts';
import type { WorkshopId } from '#lib/domain/ids.ts';
import { madeWorkshop, newWorkshop, workshopChange, workshopPlan, type WorkshopPlan } from '#lib/protocol/workshops.ts';
import { requireEditionRole, requireFacilitator } from '#server/accounts/access-service.ts';
import { nothing, route, type Route } from '#server/http/route.ts';

import { agendaFileRoutes } from './agenda-file-routes.ts';
import { agendaRoutes } from './agenda-routes.ts';
import type { Preparation } from './preparation.ts';
import { seatingRoutes } from './seating-routes.ts';
import { templateRoutes } from './template-routes.ts';
import { readWorkshopPlan } from './workshop-plan.ts';
import {
	clearTestData,
	createWorkshop,
	duplicateWorkshop,
	editWorkshop,
	openWorkshop,
	removeWorkshop,
} from './workshops-service.ts';

export type WorkshopRoutesOptions = Preparation & {
	/** Addresses under which people of this network may reach the board, the usual one first. */
	readonly addresses: () => readonly string[];
};

/** Reads a plan for whoever asked: the address they use themselves comes first. */
export type ReadPlan = (id: WorkshopId, baseUrl: string) => Promise<WorkshopPlan>;

const ofWorkshop = z.object({ workshopId });

/** Preparing workshops: for the team of the programme. */
export function workshopRoutes({ addresses, ...preparation }: WorkshopRoutesOptions): Route[] {
	const { database } = preparation;
	const readPlan: ReadPlan = (id, baseUrl) => {
		return readWorkshopPlan(database, id, [...new Set([...addresses(), baseUrl])]);
	};

	return [
		route({
			method: 'post',
			path: '/workshops',
			summary: 'Make a workshop from a method, from a template of the programme, or empty',
			access: 'account',
			body: newWorkshop,
			status: 201,
			response: madeWorkshop,
			async handle({ identity, body, language }) {
				await requireEditionRole(database, identity, body.editionId);
				return { id: await createWorkshop(preparation, body, language) };
			},
		}),
		route({
			method: 'get',
			path: '/workshops/:workshopId',
			summary: 'Everything that is prepared of a workshop',
			access: 'account',
			params: ofWorkshop,
			response: workshopPlan,
			async handle({ identity, params, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'patch',
			path: '/workshops/:workshopId',
			summary: 'Change title, date, place or the day personal data is deleted',
			access: 'account',
			params: ofWorkshop,
			body: workshopChange,
			response: workshopPlan,
			async handle({ identity, params, body, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await editWorkshop(preparation, params.workshopId, body);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'delete',
			path: '/workshops/:workshopId',
			summary: 'Delete a workshop that is still being prepared',
			access: 'account',
			params: ofWorkshop,
			response: nothing,
			async handle({ identity, params }) {
				await requireFacilitator(database, identity, params.workshopId);
				await removeWorkshop(preparation, params.workshopId);
				return undefined;
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/copies',
			summary: 'Copy what was prepared into a new workshop',
			access: 'account',
			params: ofWorkshop,
			status: 201,
			response: madeWorkshop,
			async handle({ identity, params }) {
				await requireFacilitator(database, identity, params.workshopId);
				return { id: await duplicateWorkshop(preparation, params.workshopId) };
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/opening',
			summary: 'Open the evening: people may join, the first step begins',
			access: 'account',
			params: ofWorkshop,
			response: workshopPlan,
			async handle({ identity, params, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await openWorkshop(preparation, params.workshopId);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'delete',
			path: '/workshops/:workshopId/test-data',
			summary: 'Remove what a rehearsal left, after a snapshot; only before the evening is opened',
			access: 'account',
			params: ofWorkshop,
			response: workshopPlan,
			async handle({ identity, params, language, baseUrl }) {
				const { id: accountId } = await requireFacilitator(database, identity, params.workshopId);
				await clearTestData(preparation, params.workshopId, { accountId, language });
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		...agendaRoutes(preparation, readPlan),
		...agendaFileRoutes(preparation, readPlan),
		...templateRoutes(preparation),
		...seatingRoutes(preparation, readPlan),
	];
}
