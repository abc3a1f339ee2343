import * as z from 'zod';

import { workshopId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import { workshopReport, type ReportDownload } from '#lib/protocol/reports.ts';
import { requireFacilitator } from '#server/accounts/access-service.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import { csvFile, route, type Route } from '#server/http/route.ts';

import { ideasCsv, membersCsv, projectsCsv, sheetsCsv, votesCsv } from './downloads.ts';
import { presentReport, type ReportRows } from './report-presenter.ts';
import { listMembers } from './report-queries.ts';
import { readReport } from './report-reader.ts';

const ofWorkshop = z.object({ workshopId });

type WriteCsv = (
	rows: ReportRows,
	around: { readonly language: Language; readonly baseUrl: string; readonly database: Database },
) => string | Promise<string>;

const downloads: readonly { readonly name: ReportDownload; readonly summary: string; readonly write: WriteCsv }[] = [
	{ name: 'ideas', summary: 'The ideas of a workshop', write: (rows, { language }) => ideasCsv(rows, language) },
	{ name: 'votes', summary: 'The closed votes of a workshop', write: (rows, { language }) => votesCsv(rows, language) },
	{
		name: 'sheets',
		summary: 'The project sheets of a workshop',
		write: (rows, { language }) => sheetsCsv(rows, language),
	},
	{
		name: 'projects',
		summary: 'The projects founded in a workshop',
		write: (rows, { language, baseUrl }) =>
			projectsCsv(rows, language, ({ slug }) => `${baseUrl}/e/${rows.workshop.editionSlug}/projects/${slug}`),
	},
	{
		name: 'members',
		summary: 'Names and addresses of those who signed up to projects of a workshop',
		write: async (rows, { language, database }) => membersCsv(await listMembers(database, rows.workshop.id), language),
	},
];

/** What a facilitator takes home: the report as data for its page, and its tables as CSV. */
export function reportRoutes({ database, clock }: { readonly database: Database; readonly clock: Clock }): Route[] {
	return [
		route({
			method: 'get',
			path: '/workshops/:workshopId/report',
			summary: 'Everything a workshop brought',
			access: 'account',
			params: ofWorkshop,
			response: workshopReport,
			async handle({ params, identity }) {
				await requireFacilitator(database, identity, params.workshopId);
				return presentReport(await readReport(database, params.workshopId), clock.now());
			},
		}),
		...downloads.map(({ name, summary, write }) =>
			route({
				method: 'get',
				path: `/workshops/:workshopId/report/${name}.csv`,
				summary: `${summary}, as CSV`,
				access: 'account',
				params: ofWorkshop,
				response: csvFile,
				async handle({ params, identity, language, baseUrl }) {
					await requireFacilitator(database, identity, params.workshopId);
					const rows = await readReport(database, params.workshopId);
					const body = await write(rows, { language, baseUrl, database });
					return { body, fileName: `boost-${rows.workshop.code}-${name}.csv` };
				},
			}),
		),
	];
}
