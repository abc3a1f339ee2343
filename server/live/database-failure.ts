import { setTimeout as wait } from 'node:timers/promises';

import { isTransientFailure } from '#server/db/transient-failure.ts';
import type { Logger } from '#server/logger.ts';

const delaysMs = [50, 100, 250, 500, 1000] as const;

/** Repeats work for as long as the database can't be reached and `goOn` says so; other errors are the caller's. */
export async function untilDatabaseAnswers<Result>(
	work: (attempt: number) => Promise<Result>,
	logger: Logger,
	goOn: () => boolean,
): Promise<Result> {
	for (let attempt = 0; ; attempt += 1) {
		try {
			return await work(attempt);
		} catch (error) {
			if (!isTransientFailure(error) || !goOn()) throw error;
			const delayMs = delaysMs[Math.min(attempt, delaysMs.length - 1)] ?? 1000;
			logger.warn({ err: error, delayMs }, 'the database is away; what waits is kept');
			await wait(delayMs);
		}
	}
}
