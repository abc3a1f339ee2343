import * as z from 'zod';

import { AppError } from '#lib/protocol/errors.ts';
import { editionsOfAccount, publicEdition } from '#lib/protocol/programmes.ts';
import type { Database, Sql } from '#server/db/client.ts';
import { route, type Route } from '#server/http/route.ts';
import { listWorkshops } from '#server/workshops/workshop-list-service.ts';

import { presentEditions, presentPublicEdition, presentRegion } from './programme-presenter.ts';
import { findEditionBySlug, findRegion, selectCommunes, selectEditionsOf } from './programme-queries.ts';

const ofEdition = z.object({ edition: z.string().min(1).max(200) });

/** The editions of an account's programmes, and what the public sees of an edition. */
export function programmeRoutes({ database }: { readonly database: Database }): Route[] {
	return [
		route({
			method: 'get',
			path: '/editions',
			summary: 'The editions one may prepare workshops in, with their workshops',
			access: 'account',
			response: editionsOfAccount,
			async handle({ identity }) {
				const editions = await selectEditionsOf(database, identity.account.id);
				const ids = editions.map(({ id }) => id);
				return presentEditions(editions, await listWorkshops(database, ids));
			},
		}),
		route({
			method: 'get',
			path: '/editions/:edition',
			summary: 'An edition as the public sees it: region, communes and workshops',
			access: 'public',
			params: ofEdition,
			response: publicEdition,
			async handle({ params }) {
				const edition = await findEditionBySlug(database, params.edition);
				if (edition === undefined) throw new AppError('page.unknown');
				const workshops = await listWorkshops(database, [edition.id]);
				return presentPublicEdition(edition, await readRegion(database, edition.regionId), workshops);
			},
		}),
	];
}

async function readRegion(sql: Sql, regionId: string | null) {
	if (regionId === null) return null;
	const region = await findRegion(sql, regionId);
	return region === undefined ? null : presentRegion(region, await selectCommunes(sql, regionId));
}
