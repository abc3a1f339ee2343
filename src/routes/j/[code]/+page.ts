import { redirect } from '@sveltejs/kit';

import { AppError } from '#lib/protocol/errors.ts';
import { workshopAtTheDoor } from '#lib/protocol/join.ts';
import { callApi } from '#lib/rest/call-api.ts';

import type { PageLoad } from './$types';

/** The door of a workshop. An unknown code is no error page: it can be corrected here. */
export const load: PageLoad = async ({ params, fetch, url, depends }) => {
	depends('boost:door');
	const wanted = {
		name: url.searchParams.get('name'),
		table: url.searchParams.get('table'),
		atHome: url.searchParams.has('home'),
		atOnce: url.searchParams.has('go'),
	};
	try {
		const door = await callApi(`/workshops/by-code/${encodeURIComponent(params.code)}`, workshopAtTheDoor, { fetch });
		const { you } = door;
		// Whoever is in already is the same person again, unless their table's own code asks them to sit elsewhere.
		const asked = door.tables.some(({ id }) => id === wanted.table);
		const sitsThere = !asked || you?.tableId === wanted.table;
		if (you !== null && !you.blocked && sitsThere) redirect(303, `/w/${door.code}`);
		return { door, wanted, refused: null };
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		return { door: null, wanted, refused: error.toWire() };
	}
};
