import * as z from 'zod';

import { AppError, wireError } from '#lib/protocol/errors.ts';

export type ApiCall = {
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Sent as JSON. */
	readonly body?: unknown;
	readonly signal?: AbortSignal;
	/** The `fetch` of a `load` function. */
	readonly fetch?: typeof fetch;
};

const refusal = z.object({ error: wireError });

/**
 * Asks our REST API and reads the answer by its schema.
 * @param path below `/api/v1`
 * @throws AppError with the server's code; `connection.lost` when it can't be reached, `protocol.invalid` when we don't understand each other
 */
export async function callApi<Schema extends z.ZodType>(
	path: `/${string}`,
	response: Schema,
	call: ApiCall = {},
): Promise<z.output<Schema>> {
	const body = await request(path, call);
	const parsed = response.safeParse(body);
	if (!parsed.success) throw new AppError('protocol.invalid', undefined, { cause: parsed.error });
	return parsed.data;
}

async function request(path: string, { method, body, signal, fetch: fetcher = fetch }: ApiCall): Promise<unknown> {
	let answer: Response;
	try {
		answer = await fetcher(`/api/v1${path}`, {
			method: method ?? (body === undefined ? 'GET' : 'POST'),
			...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
			...(signal === undefined ? {} : { signal }),
		});
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') throw error;
		throw new AppError('connection.lost', undefined, { cause: error });
	}
	const content: unknown = answer.status === 204 ? null : await readJson(answer);
	if (answer.ok) return content;
	const refused = refusal.safeParse(content);
	if (!refused.success) throw new AppError('server.failed');
	throw new AppError(refused.data.error.code, refused.data.error.params);
}

/** What came back; null where it isn't JSON, such as the page of a proxy that found nobody behind it. */
async function readJson(answer: Response): Promise<unknown> {
	try {
		return (await answer.json()) as unknown;
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}
