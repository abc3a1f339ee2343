import * as z from 'zod';

import { workshopId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { issuedSeats, redeemedSeat, seatId, seatIssue, seatList, seatRedemption } from '#lib/protocol/seat-codes.ts';
import { requireFacilitator } from '#server/accounts/access-service.ts';
import type { Sql } from '#server/db/client.ts';
import { rateLimit, type RateLimit } from '#server/http/rate-limit.ts';
import { nothing, route, type Route } from '#server/http/route.ts';
import type { Sessions } from '#server/identity.ts';

import type { SeatCodesService } from './seat-codes-service.ts';

export type SeatCodeRoutesNeeds = {
	readonly sql: Sql;
	readonly sessions: Sessions;
	readonly seats: SeatCodesService;
};

/** Somebody mistypes a code a few times; nobody tries a thousand. */
const wrongCodesPerDevice = { uses: 12, perSeconds: 5 * 60 };
/** A hall of phones has one address. */
const wrongCodesPerAddress = { uses: 120, perSeconds: 5 * 60 };

const workshopParams = z.object({ workshopId });
const seatParams = z.object({ workshopId, seatId });

/** Slips for people without a phone: made and taken back by facilitators, redeemed by whoever has one. */
export function seatCodeRoutes({ sql, sessions, seats }: SeatCodeRoutesNeeds): Route[] {
	const wrongOnDevice = rateLimit(wrongCodesPerDevice.uses, wrongCodesPerDevice.perSeconds);
	const wrongFromAddress = rateLimit(wrongCodesPerAddress.uses, wrongCodesPerAddress.perSeconds);
	return [
		route({
			method: 'get',
			path: '/workshops/:workshopId/seat-codes',
			summary: 'The seat codes of a workshop: how many, and which are used; never the codes',
			access: 'account',
			params: workshopParams,
			response: seatList,
			async handle({ identity, params }) {
				await requireFacilitator(sql, identity, params.workshopId);
				return seats.list(params.workshopId);
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/seat-codes',
			summary: 'Issue seat codes; this answer is the only one that holds them',
			access: 'account',
			params: workshopParams,
			body: seatIssue,
			status: 201,
			response: issuedSeats,
			async handle({ identity, params, body }) {
				const account = await requireFacilitator(sql, identity, params.workshopId);
				return seats.issue(params.workshopId, body.count, account.id);
			},
		}),
		route({
			method: 'delete',
			path: '/workshops/:workshopId/seat-codes/unused',
			summary: 'Revoke the seat codes that nobody has used',
			access: 'account',
			params: workshopParams,
			response: z.object({ revoked: z.int() }),
			async handle({ identity, params }) {
				const account = await requireFacilitator(sql, identity, params.workshopId);
				return { revoked: await seats.revokeUnused(params.workshopId, account.id) };
			},
		}),
		route({
			method: 'delete',
			path: '/workshops/:workshopId/seat-codes/:seatId',
			summary: 'Revoke a seat code: its sessions end, and its ballots leave the open rounds',
			access: 'account',
			params: seatParams,
			response: nothing,
			async handle({ identity, params }) {
				const account = await requireFacilitator(sql, identity, params.workshopId);
				await seats.revoke(params.workshopId, params.seatId, account.id);
			},
		}),
		route({
			method: 'post',
			path: '/workshops/:workshopId/seat-codes/:seatId/reissue',
			summary: 'Replace a seat code that was lost by another one for the same person',
			access: 'account',
			params: seatParams,
			status: 201,
			response: issuedSeats,
			async handle({ identity, params }) {
				const account = await requireFacilitator(sql, identity, params.workshopId);
				return seats.reissue(params.workshopId, params.seatId, account.id);
			},
		}),
		route({
			method: 'post',
			path: '/seat-codes/redeem',
			summary: 'Take part with a seat code: for a short while on a table’s tablet, or on a phone',
			access: 'public',
			body: seatRedemption,
			response: redeemedSeat,
			handle({ body, identity, address, language, setCookie, ...carrier }) {
				const { device, guest } = identity;
				const shared = device?.kind === 'table';
				const [limit, key] = shared ? [wrongOnDevice, device.session] : [wrongFromAddress, address];
				return countingWrongCodes(limit, key, async () => {
					if (!shared && body.workshopCode === undefined) throw new AppError('seat.codeUnknown');
					const { workshop, guestId, participantId, number } = await seats.redeem({
						code: body.code,
						at: shared ? device : { workshopCode: body.workshopCode ?? '' },
						guest: shared ? null : (guest?.id ?? null),
						language: body.language ?? language,
					});
					if (shared || guest?.id !== guestId) setCookie(await sessions.begin('guest', guestId, carrier, { shared }));
					return { workshopId: workshop.id, workshopCode: workshop.code, participantId, number, shared };
				});
			},
		}),
	];
}

async function countingWrongCodes<Result>(limit: RateLimit, key: string, work: () => Promise<Result>): Promise<Result> {
	await limit.check(key);
	try {
		return await work();
	} catch (error) {
		const isWrong = error instanceof AppError && (error.code === 'seat.codeUnknown' || error.code === 'seat.revoked');
		if (isWrong) await limit.use(key);
		throw error;
	}
}
