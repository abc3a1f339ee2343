import * as z from 'zod';

import { joinCode, joined, joinRequest, workshopAtTheDoor } from '#lib/protocol/join.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Sql } from '#server/db/client.ts';
import { rateLimit, type RateLimit } from '#server/http/rate-limit.ts';
import { nothing, route, type Route } from '#server/http/route.ts';
import type { Sessions } from '#server/identity.ts';
import type { LiveService } from '#server/live/live-service.ts';

import { lookAtTheDoor } from './door.ts';
import { deleteGuest, insertGuest } from './door-queries.ts';

export type JoinRoutesNeeds = {
	readonly sql: Sql;
	readonly sessions: Sessions;
	readonly live: Pick<LiveService, 'admit'>;
};

/** A hall mistypes a few codes; a machine that tries them all is stopped. */
const unknownCodesPerAddress = { uses: 600, perSeconds: 5 * 60 };

/** A hall of 1,500 comes in twice over; a machine that makes up people is slowed down. */
const newcomersPerAddress = { uses: 3_000, perSeconds: 5 * 60 };

/** Looking at a workshop's door and going in. */
export function joinRoutes({ sql, sessions, live }: JoinRoutesNeeds): Route[] {
	const unknownCodes = rateLimit(unknownCodesPerAddress.uses, unknownCodesPerAddress.perSeconds);
	const newcomers = rateLimit(newcomersPerAddress.uses, newcomersPerAddress.perSeconds);
	return [
		route({
			method: 'get',
			path: '/workshops/by-code/:code',
			summary: 'A workshop as it shows itself to somebody with its code',
			access: 'public',
			params: z.object({ code: z.string().max(40) }),
			response: workshopAtTheDoor,
			handle: ({ params, identity, address }) =>
				countingUnknownCodes(unknownCodes, address, () => {
					const code = joinCode.safeParse(params.code);
					if (!code.success) throw new AppError('join.codeUnknown');
					return lookAtTheDoor(sql, code.data, identity.guest);
				}),
		}),
		route({
			method: 'post',
			path: '/join',
			summary: 'Take part in a workshop; the same browser is the same person again',
			access: 'public',
			body: joinRequest,
			response: joined,
			handle: ({ body, identity, address, language, setCookie, ...carrier }) =>
				countingUnknownCodes(unknownCodes, address, async () => {
					const { code, nickname = null, tableId = null, atHome } = body;
					const admission = { code, nickname, tableId, atHome, language: body.language ?? language };
					if (identity.guest !== null) return live.admit({ ...admission, guestId: identity.guest.id });
					await newcomers.use(address);
					const guestId = await insertGuest(sql);
					try {
						const result = await live.admit({ ...admission, guestId });
						setCookie(await sessions.begin('guest', guestId, carrier));
						return result;
					} catch (error) {
						// Whoever wasn't let in leaves nothing behind.
						await deleteGuest(sql, guestId);
						throw error;
					}
				}),
		}),
		route({
			method: 'delete',
			path: '/guest',
			summary: 'This browser forgets who it was, as on a phone that was lent',
			access: 'public',
			response: nothing,
			async handle({ setCookie, ...carrier }) {
				setCookie(await sessions.end('guest', carrier));
			},
		}),
	];
}

async function countingUnknownCodes<Result>(
	limit: RateLimit,
	address: string,
	work: () => Promise<Result>,
): Promise<Result> {
	await limit.check(address);
	try {
		return await work();
	} catch (error) {
		if (error instanceof AppError && error.code === 'join.codeUnknown') await limit.use(address);
		throw error;
	}
}
