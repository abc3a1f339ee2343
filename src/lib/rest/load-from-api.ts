import { error } from '@sveltejs/kit';
import type * as z from 'zod';

import { AppError, statusOf } from '#lib/protocol/errors.ts';

import { callApi } from './call-api.ts';

/**
 * {@link callApi} for `load` functions: a refusal becomes the error page that shows the text of its code.
 * @param fetcher the `fetch` of the load function
 */
export async function loadFromApi<Schema extends z.ZodType>(
	path: `/${string}`,
	response: Schema,
	fetcher: typeof fetch,
): Promise<z.output<Schema>> {
	try {
		return await callApi(path, response, { fetch: fetcher });
	} catch (caught) {
		if (!(caught instanceof AppError)) throw caught;
		error(statusOf(caught.code), { code: caught.code, message: caught.code });
	}
}
