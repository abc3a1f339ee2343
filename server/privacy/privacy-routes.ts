import * as z from 'zod';

import { privacyNotice } from '#lib/protocol/privacy.ts';
import type { Database } from '#server/db/client.ts';
import { rateLimit } from '#server/http/rate-limit.ts';
import { route, type Route } from '#server/http/route.ts';

import { findNotice } from './privacy-queries.ts';

const perAddress = { uses: 600, perSeconds: 60 };

/** What the privacy notice says of a workshop. */
export function privacyRoutes({ database }: { readonly database: Database }): Route[] {
	const limit = rateLimit(perAddress.uses, perAddress.perSeconds);
	return [
		route({
			method: 'get',
			path: '/privacy',
			summary: 'Until when a workshop keeps personal data',
			access: 'public',
			query: z.object({ workshop: z.string().max(64).optional() }),
			response: privacyNotice,
			async handle({ query, address }) {
				await limit.use(address);
				const row = query.workshop === undefined ? undefined : await findNotice(database, query.workshop);
				if (row === undefined) return { workshop: null };
				const { deletedAt, ...notice } = row;
				return { workshop: { ...notice, deleted: deletedAt !== null } };
			},
		}),
	];
}
