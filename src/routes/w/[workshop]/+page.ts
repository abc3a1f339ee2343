import { error, redirect } from '@sveltejs/kit';

import { AppError, statusOf } from '#lib/protocol/errors.ts';
import { workshopAtTheDoor } from '#lib/protocol/join.ts';
import { callApi } from '#lib/rest/call-api.ts';

import type { PageLoad } from './$types';

/** A phone is live: there is nothing to render before its browser is here. */
export const ssr = false;

export const load: PageLoad = async ({ params, fetch }) => {
	try {
		const door = await callApi(`/workshops/by-code/${encodeURIComponent(params.workshop)}`, workshopAtTheDoor, {
			fetch,
		});
		// Whoever isn't in yet comes by the door.
		if (door.you === null) redirect(303, `/j/${door.code}`);
		return { code: door.code, edition: door.edition.slug };
	} catch (refused) {
		if (!(refused instanceof AppError)) throw refused;
		error(statusOf(refused.code), { code: refused.code, message: refused.code });
	}
};
