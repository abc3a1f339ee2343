import { error } from '@sveltejs/kit';

import { workshopId } from '#lib/domain/ids.ts';
import { AppError, statusOf } from '#lib/protocol/errors.ts';
import { workshopPlan } from '#lib/protocol/workshops.ts';
import { callApi } from '#lib/rest/call-api.ts';

import type { PageLoad } from './$types';

/** The cockpit is live, so there is nothing to render before its browser is here; it fills the window (`bare`). */
export const ssr = false;

export const load: PageLoad = async ({ params, fetch }) => {
	const id = workshopId.safeParse(params.id);
	if (!id.success) error(404, { code: 'workshop.unknown', message: 'No such workshop' });
	try {
		return { bare: true, plan: await callApi(`/workshops/${id.data}`, workshopPlan, { fetch }) };
	} catch (refused) {
		if (!(refused instanceof AppError)) throw refused;
		error(statusOf(refused.code), { code: refused.code, message: refused.message });
	}
};
