import { error, redirect } from '@sveltejs/kit';
import * as z from 'zod';

import { AppError, nextOf, statusOf } from '#lib/protocol/errors.ts';
import { workshopAtTheDoor } from '#lib/protocol/join.ts';
import { ownDevice } from '#lib/protocol/pairing.ts';
import { callApi } from '#lib/rest/call-api.ts';

import type { PageLoad } from './$types';

/** One person after another on a table's device: only its browser knows who it is now. */
export const ssr = false;

export const load: PageLoad = async ({ params, fetch }) => {
	try {
		const device = await callApi('/device', ownDevice, { fetch });
		if (device.kind !== 'table') redirect(303, `/pair?code=${encodeURIComponent(params.workshop)}`);
		if (device.workshopCode !== params.workshop) redirect(303, `/w/${device.workshopCode}/seat`);
		const door = await callApi(`/workshops/by-code/${device.workshopCode}`, workshopAtTheDoor, { fetch });
		// Somebody didn't come to an end here: whoever opens this page is the next one.
		if (door.you !== null) await callApi('/guest', z.null(), { method: 'DELETE', fetch });
		return { code: device.workshopCode };
	} catch (refused) {
		if (!(refused instanceof AppError)) throw refused;
		if (nextOf(refused.code) === 'rejoin') redirect(303, `/pair?code=${encodeURIComponent(params.workshop)}`);
		error(statusOf(refused.code), { code: refused.code, message: refused.code });
	}
};
