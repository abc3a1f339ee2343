import * as z from 'zod';

import { participantId, workshopId } from '#lib/domain/ids.ts';
import { language } from '#lib/domain/language.ts';

import { joinCode } from './join.ts';

/**
 * Seat codes: how people without a phone take part. A facilitator issues slips, each with a number and a code; whoever has one
 * redeems it on a table's tablet, writes and votes as a person of their own, and gives the tablet back. On a phone a slip works too.
 *
 * The code is the only thing that opens its person's place. It is told once, when it is issued; the server keeps a hash.
 */
export const seatCodeLength = 8;
export const maxSeatsAtOnce = 200;
export const maxSeatsPerWorkshop = 1_000;

/** Letters and digits that can't be mistaken for one another; blanks and hyphens between them don't matter, nor does case. */
export const seatCodeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const seatCodeShape = new RegExp(`^[${seatCodeLetters}]{${String(seatCodeLength)}}$`);

export const seatCode = z
	.string()
	.max(60)
	.transform((text) => text.replace(/[\s.-]/g, '').toUpperCase())
	.refine((text) => seatCodeShape.test(text), { error: 'seat.codeUnknown' });

/** As it stands on a slip: `ABCD EFGH`. */
export function spacedSeatCode(code: string): string {
	return code.replace(/(.{4})(?=.)/g, '$1 ');
}

export const seatId = z.uuid().brand<'SeatId'>();
export type SeatId = z.infer<typeof seatId>;

export const seatIssue = z.strictObject({ count: z.int().min(1).max(maxSeatsAtOnce) });

const issuedSeat = z.object({ id: seatId, number: z.int(), code: z.string() });
export type IssuedSeat = z.infer<typeof issuedSeat>;

/** The only time that codes are told. In no order that their numbers would show. */
export const issuedSeats = z.object({ workshopCode: z.string(), seats: z.array(issuedSeat) });
export type IssuedSeats = z.infer<typeof issuedSeats>;

export const seatList = z.object({
	/** `issued`: all that are good; `redeemed`: those of them that somebody takes part with. */
	counts: z.object({ issued: z.int(), redeemed: z.int(), revoked: z.int() }),
	/** By number. Nothing says who somebody is. */
	seats: z.array(
		z.object({ id: seatId, number: z.int(), issuedAt: z.iso.datetime(), redeemed: z.boolean(), revoked: z.boolean() }),
	),
});
export type SeatList = z.infer<typeof seatList>;

export const seatRedemption = z.strictObject({
	code: seatCode,
	/** Needed on a phone; a table's tablet knows its workshop. */
	workshopCode: joinCode.optional(),
	language: language.optional(),
});

export const redeemedSeat = z.object({
	workshopId,
	workshopCode: z.string(),
	participantId,
	number: z.int(),
	/** On a device that others use too: the session is short, and nothing may stay behind. */
	shared: z.boolean(),
});
export type RedeemedSeat = z.infer<typeof redeemedSeat>;
