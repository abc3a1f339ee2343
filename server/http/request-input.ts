import type * as z from 'zod';

import { AppError, isErrorCode } from '#lib/protocol/errors.ts';

/**
 * Parses what a caller sent in a body or a query.
 * @throws AppError the code a schema gives as its message (`text.tooLong`), else `request.invalid` with the place of the mistake
 */
export function parseInput(schema: z.ZodType | undefined, value: unknown): unknown {
	if (schema === undefined) return undefined;
	refuseMalformedText(value);
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw refusalOf(parsed.error);
}

/** Parses a path's parameters; an address that can't be one of ours is one that doesn't exist. @throws AppError `page.unknown` */
export function parseParams(schema: z.ZodType | undefined, value: unknown): unknown {
	if (schema === undefined) return undefined;
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new AppError('page.unknown');
}

function refusalOf(error: z.ZodError): AppError {
	const coded = error.issues.find((issue) => isErrorCode(issue.message));
	if (coded !== undefined && isErrorCode(coded.message)) return new AppError(coded.message);
	const field = error.issues[0]?.path.map(String).join('.') ?? '';
	return new AppError('request.invalid', field === '' ? undefined : { field });
}

/** No request of ours is nested deeper than a few levels; a body that is would only cost time. */
const deepest = 32;

/** Postgres takes neither NUL nor a lone surrogate in a text: both are refused at the door, wherever they stand. */
function refuseMalformedText(value: unknown, depth = 0): void {
	if (depth > deepest) throw new AppError('request.invalid');
	if (typeof value === 'string') {
		if (!value.isWellFormed() || value.includes('\0')) throw new AppError('text.malformed');
	} else if (typeof value === 'object' && value !== null) {
		for (const [key, inner] of Object.entries(value)) {
			refuseMalformedText(key);
			refuseMalformedText(inner, depth + 1);
		}
	}
}
