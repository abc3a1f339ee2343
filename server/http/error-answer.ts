import type { Response } from 'express';

import { AppError, statusOf } from '#lib/protocol/errors.ts';
import { isTransientFailure } from '#server/db/transient-failure.ts';
import type { Logger } from '#server/logger.ts';

/**
 * What a thrown value means to the caller: a refusal keeps its code, everything else is a fault that is logged here and told as
 * `server.failed`, or as `database.away` when Postgres can't be reached.
 */
export function refusalOf(error: unknown, logger: Logger): AppError {
	if (error instanceof AppError) return error;
	// A path with broken percent signs.
	if (error instanceof URIError) return new AppError('page.unknown', undefined, { cause: error });
	const status = statusOfParser(error);
	if (status === 413) return new AppError('request.tooLarge', undefined, { cause: error });
	if (status !== undefined) return new AppError('request.invalid', undefined, { cause: error });
	if (isTransientFailure(error)) {
		logger.warn({ err: error }, 'The database cannot be reached');
		return new AppError('database.away', undefined, { cause: error });
	}
	logger.error({ err: error }, 'A request failed');
	return new AppError('server.failed', undefined, { cause: error });
}

export function answerRefusal(response: Response, error: AppError): void {
	const seconds = error.params?.seconds;
	if (error.code === 'request.tooMany' && seconds !== undefined) response.set('Retry-After', String(seconds));
	response.status(statusOf(error.code)).json({ error: error.toWire() });
}

/** Express and its body parser mark what the caller did wrong with a status of the 400s, and mean it to be shown (`expose`). */
function statusOfParser(error: unknown): number | undefined {
	if (!(error instanceof Error) || !('status' in error) || !('expose' in error)) return undefined;
	const { status, expose } = error;
	return expose === true && typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
