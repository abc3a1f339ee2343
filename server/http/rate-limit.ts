import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { AppError } from '#lib/protocol/errors.ts';

/** How much of something one key may do in a span of time. */
export type RateLimit = {
	/** Counts one use. @throws AppError `request.tooMany`, with the seconds to wait */
	use(key: string): Promise<void>;
	/** Refuses if the key has used up its share, without counting. @throws AppError `request.tooMany` */
	check(key: string): Promise<void>;
	/** Forgets what was counted. */
	forgive(key: string): Promise<void>;
};

export function rateLimit(uses: number, perSeconds: number): RateLimit {
	const limiter = new RateLimiterMemory({ points: uses, duration: perSeconds });
	return {
		async use(key) {
			await limiter.consume(key).catch((reason: unknown) => {
				throw reason instanceof RateLimiterRes ? tooMany(reason) : reason;
			});
		},
		async check(key) {
			const state = await limiter.get(key);
			if (state !== null && state.consumedPoints >= uses) throw tooMany(state);
		},
		async forgive(key) {
			await limiter.delete(key);
		},
	};
}

function tooMany({ msBeforeNext }: RateLimiterRes): AppError {
	return new AppError('request.tooMany', { seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) });
}
