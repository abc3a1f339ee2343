import * as z from 'zod';

import { programmeId, templateId, workshopId } from '#lib/domain/ids.ts';
import { stepTemplateList, templateName } from '#lib/protocol/step-templates.ts';
import { requireFacilitator, requireProgrammeRole } from '#server/accounts/access-service.ts';
import { nothing, route, type Route } from '#server/http/route.ts';

import type { Preparation } from './preparation.ts';
import { listTemplates, removeTemplate, renameTemplate, replaceTemplate, saveTemplate } from './template-service.ts';

const ofProgramme = z.object({ programmeId });
const ofTemplate = z.object({ programmeId, templateId });

/** Templates that a programme's team has saved from its workshops. Workshops are made from them by `POST /workshops`. */
export function templateRoutes(preparation: Preparation): Route[] {
	const { database } = preparation;
	return [
		route({
			method: 'get',
			path: '/programmes/:programmeId/templates',
			summary: "A programme's own templates",
			access: 'account',
			params: ofProgramme,
			response: stepTemplateList,
			async handle({ identity, params }) {
				await requireProgrammeRole(database, identity, params.programmeId);
				return { templates: await listTemplates(database, params.programmeId) };
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/templates',
			summary: 'Save the steps of a workshop as a template of its programme',
			access: 'account',
			params: z.object({ workshopId }),
			body: templateName,
			response: nothing,
			async handle({ identity, params, body }) {
				const account = await requireFacilitator(database, identity, params.workshopId);
				await saveTemplate(preparation, { ...params, ...body, accountId: account.id });
			},
		}),
		route({
			method: 'put',
			path: '/workshops/:workshopId/templates/:templateId',
			summary: 'Put the steps of a workshop in the place of those of a template',
			access: 'account',
			params: z.object({ workshopId, templateId }),
			response: nothing,
			async handle({ identity, params }) {
				const account = await requireFacilitator(database, identity, params.workshopId);
				const { workshopId: from, templateId: id } = params;
				await replaceTemplate(preparation, { workshopId: from, id, accountId: account.id });
			},
		}),
		route({
			method: 'patch',
			path: '/programmes/:programmeId/templates/:templateId',
			summary: 'Rename a template',
			access: 'account',
			params: ofTemplate,
			body: templateName,
			response: stepTemplateList,
			async handle({ identity, params, body }) {
				await requireProgrammeRole(database, identity, params.programmeId);
				await renameTemplate(preparation, { programmeId: params.programmeId, id: params.templateId, name: body.name });
				return { templates: await listTemplates(database, params.programmeId) };
			},
		}),
		route({
			method: 'delete',
			path: '/programmes/:programmeId/templates/:templateId',
			summary: 'Delete a template; workshops made from it keep their steps',
			access: 'account',
			params: ofTemplate,
			response: stepTemplateList,
			async handle({ identity, params }) {
				await requireProgrammeRole(database, identity, params.programmeId);
				await removeTemplate(database, params.programmeId, params.templateId);
				return { templates: await listTemplates(database, params.programmeId) };
			},
		}),
	];
}
