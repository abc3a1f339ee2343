import { redirect } from '@sveltejs/kit';

import { AppError } from '#lib/protocol/errors.ts';
import { workshopAtTheDoor } from '#lib/protocol/join.ts';
import { callApi } from '#lib/rest/call-api.ts';

import type { PageLoad } from './$types';

/** The door of a workshop. An unknown code is no error page: it can be corrected here. */
export const load: PageLoad = async ({ params, fetch, url, depends }) => {
	depends('boost:door');
	const wantedTable = url.searchParams.get('table');
	try {
		const door = await callApi(`/workshops/by-code/${encodeURIComponent(params.code)}`, workshopAtTheDoor, { fetch });
		const { you } = door;
		// Whoever is in already is the same person again, unless their table's own code asks them to sit elsewhere.
		const sitsThere = wantedTable === null || you?.tableId === wantedTable;
		if (you !== null && !you.blocked && sitsThere) redirect(303, `/w/${door.code}`);
		return { door, wantedTable, refused: null };
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		return { door: null, wantedTable, refused: error.toWire() };
	}
};
