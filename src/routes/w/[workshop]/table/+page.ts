import { error, redirect } from '@sveltejs/kit';

import { AppError, nextOf, statusOf } from '#lib/protocol/errors.ts';
import { workshopAtTheDoor } from '#lib/protocol/join.ts';
import { ownDevice } from '#lib/protocol/pairing.ts';
import { callApi } from '#lib/rest/call-api.ts';

import type { PageLoad } from './$types';

/** A table's device is paired and live: there is nothing to render before its browser is here. */
export const ssr = false;

export const load: PageLoad = async ({ params, fetch }) => {
	try {
		const device = await callApi('/device', ownDevice, { fetch });
		if (device.kind !== 'table') redirect(303, `/pair?code=${encodeURIComponent(params.workshop)}`);
		if (device.workshopCode !== params.workshop) redirect(303, `/w/${device.workshopCode}/table`);
		const door = await callApi(`/workshops/by-code/${device.workshopCode}`, workshopAtTheDoor, { fetch });
		return { code: device.workshopCode, edition: door.edition.slug };
	} catch (refused) {
		if (!(refused instanceof AppError)) throw refused;
		if (nextOf(refused.code) === 'rejoin') redirect(303, `/pair?code=${encodeURIComponent(params.workshop)}`);
		error(statusOf(refused.code), { code: refused.code, message: refused.code });
	}
};
