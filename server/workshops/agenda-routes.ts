import * as z from 'zod';

import { stepId, workshopId } from '#lib/domain/ids.ts';
import { newStep, stepChange, stepOrder, workshopPlan } from '#lib/protocol/workshops.ts';
import { requireFacilitator } from '#server/accounts/access-service.ts';
import { route, type Route } from '#server/http/route.ts';

import { addStep, duplicateStep, editStep, removeStep, reorderSteps } from './agenda-service.ts';
import type { Preparation } from './preparation.ts';
import type { ReadPlan } from './workshop-routes.ts';

const ofWorkshop = z.object({ workshopId });
const ofStep = z.object({ workshopId, stepId });

/** The steps of a workshop. Every change is answered with the whole plan. */
export function agendaRoutes(preparation: Preparation, readPlan: ReadPlan): Route[] {
	const { database } = preparation;
	return [
		route({
			method: 'post',
			path: '/workshops/:workshopId/steps',
			summary: 'Add a step at the end',
			access: 'account',
			params: ofWorkshop,
			body: newStep,
			response: workshopPlan,
			async handle({ identity, params, body, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await addStep(preparation, params.workshopId, body);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'put',
			path: '/workshops/:workshopId/step-order',
			summary: 'Put the steps in another order',
			access: 'account',
			params: ofWorkshop,
			body: stepOrder,
			response: workshopPlan,
			async handle({ identity, params, body, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await reorderSteps(preparation, params.workshopId, body.stepIds);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'patch',
			path: '/workshops/:workshopId/steps/:stepId',
			summary: "Change a step's kind, title, prompt, duration or rules",
			access: 'account',
			params: ofStep,
			body: stepChange,
			response: workshopPlan,
			async handle({ identity, params, body, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await editStep(preparation, params.workshopId, params.stepId, body);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/steps/:stepId/copies',
			summary: 'Put a copy right after a step',
			access: 'account',
			params: ofStep,
			response: workshopPlan,
			async handle({ identity, params, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await duplicateStep(preparation, params.workshopId, params.stepId);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
		route({
			method: 'delete',
			path: '/workshops/:workshopId/steps/:stepId',
			summary: 'Take a step away, unless it is running',
			access: 'account',
			params: ofStep,
			response: workshopPlan,
			async handle({ identity, params, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await removeStep(preparation, params.workshopId, params.stepId);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
	];
}
