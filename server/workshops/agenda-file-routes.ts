import * as z from 'zod';

import { workshopId } from '#lib/domain/ids.ts';
import { agendaImport, maxAgendaFileBytes } from '#lib/protocol/agenda-file.ts';
import { workshopPlan } from '#lib/protocol/workshops.ts';
import { requireFacilitator } from '#server/accounts/access-service.ts';
import { fileOf, route, type Route } from '#server/http/route.ts';

import { exportAgenda, importAgenda } from './agenda-file-service.ts';
import type { Preparation } from './preparation.ts';
import { findWorkshop } from './workshop-queries.ts';
import type { ReadPlan } from './workshop-routes.ts';

const ofWorkshop = z.object({ workshopId });
/** What stands around the file in a request. */
const envelopeBytes = 1024;

/** The agenda as a file: out and in. */
export function agendaFileRoutes(preparation: Preparation, readPlan: ReadPlan): Route[] {
	const { database } = preparation;
	return [
		route({
			method: 'get',
			path: '/workshops/:workshopId/agenda-file',
			summary: 'The steps of a workshop as a file (format boost-board/agenda)',
			access: 'account',
			params: ofWorkshop,
			response: fileOf('application/json; charset=utf-8'),
			async handle({ identity, params }) {
				await requireFacilitator(database, identity, params.workshopId);
				const workshop = await findWorkshop(database, params.workshopId);
				const agenda = await exportAgenda(database, params.workshopId);
				return {
					body: `${JSON.stringify(agenda, null, '\t')}\n`,
					fileName: `agenda-${workshop?.code ?? params.workshopId}.json`,
				};
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/agenda-file',
			summary: 'Take the steps of a file, at the end or instead; steps in use stay',
			access: 'account',
			params: ofWorkshop,
			body: agendaImport,
			bodyLimit: maxAgendaFileBytes + envelopeBytes,
			response: workshopPlan,
			async handle({ identity, params, body, baseUrl }) {
				await requireFacilitator(database, identity, params.workshopId);
				await importAgenda(preparation, params.workshopId, body);
				return readPlan(params.workshopId, baseUrl);
			},
		}),
	];
}
