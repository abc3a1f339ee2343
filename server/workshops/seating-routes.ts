import * as z from 'zod';

import { challengeId, tableId, workshopId } from '#lib/domain/ids.ts';
import { challengeContent, newTables, tableChange, tableOrder, workshopPlan } from '#lib/protocol/workshops.ts';
import { requireFacilitator } from '#server/accounts/access-service.ts';
import { route, type Route } from '#server/http/route.ts';

import type { Preparation } from './preparation.ts';
import {
	editChallenge,
	editTable,
	makeChallenge,
	makeTables,
	removeChallenge,
	removeTable,
	reorderTables,
} from './seating-service.ts';
import type { ReadPlan } from './workshop-routes.ts';

const ofWorkshop = z.object({ workshopId });
const ofTable = z.object({ workshopId, tableId });
const ofChallenge = z.object({ workshopId, challengeId });

/** Tables, and the challenges that lie on them. Every change is answered with the whole plan. */
export function seatingRoutes(preparation: Preparation, readPlan: ReadPlan): Route[] {
	const { database } = preparation;
	return [
		route({
			method: 'post',
			path: '/workshops/:workshopId/tables',
			summary: 'Add tables, each with its board and project sheet',
			access: 'account',
			params: ofWorkshop,
			body: newTables,
			response: workshopPlan,
			async handle({ identity, params, body, language, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await makeTables(preparation, params.workshopId, body.count, language);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'put',
			path: '/workshops/:workshopId/table-order',
			summary: 'Put the tables in another order',
			access: 'account',
			params: ofWorkshop,
			body: tableOrder,
			response: workshopPlan,
			async handle({ identity, params, body, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await reorderTables(preparation, params.workshopId, body.tableIds);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'patch',
			path: '/workshops/:workshopId/tables/:tableId',
			summary: "Change a table's name, challenge, number of seats, or whether it meets at home",
			access: 'account',
			params: ofTable,
			body: tableChange,
			response: workshopPlan,
			async handle({ identity, params, body, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await editTable(preparation, params.workshopId, params.tableId, body);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'delete',
			path: '/workshops/:workshopId/tables/:tableId',
			summary: 'Take a table away; only before the evening is opened',
			access: 'account',
			params: ofTable,
			response: workshopPlan,
			async handle({ identity, params, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await removeTable(preparation, params.workshopId, params.tableId);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/challenges',
			summary: "Add a challenge to the workshop's edition",
			access: 'account',
			params: ofWorkshop,
			body: challengeContent,
			response: workshopPlan,
			async handle({ identity, params, body, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await makeChallenge(preparation, params.workshopId, body.question);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'put',
			path: '/workshops/:workshopId/challenges/:challengeId',
			summary: 'Change the wording of a challenge',
			access: 'account',
			params: ofChallenge,
			body: challengeContent,
			response: workshopPlan,
			async handle({ identity, params, body, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await editChallenge(preparation, params.workshopId, params.challengeId, body.question);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'delete',
			path: '/workshops/:workshopId/challenges/:challengeId',
			summary: 'Take a challenge off the edition and its tables',
			access: 'account',
			params: ofChallenge,
			response: workshopPlan,
			async handle({ identity, params, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await removeChallenge(preparation, params.workshopId, params.challengeId);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
	];
}
