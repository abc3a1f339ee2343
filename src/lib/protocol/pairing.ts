import * as z from 'zod';

import { deviceId, tableId, workshopId } from '#lib/domain/ids.ts';
import { singleLine } from '#lib/domain/idea.ts';

import { joinCode } from './join.ts';

/**
 * How a tablet or a projector gets into a workshop: it asks for a pairing and shows the code; a facilitator approves the code
 * within five minutes; the device, asking every few seconds with its secret, is then given its session cookie.
 */

export const deviceKind = z.enum(['table', 'screen']);
export type DeviceKind = z.infer<typeof deviceKind>;

export const pairingRequest = z.strictObject({
	kind: deviceKind,
	/** The join code of the workshop that the device was opened for, so that its facilitators see it waiting. */
	workshopCode: joinCode.optional(),
});

export const startedPairing = z.object({
	/** Six letters and digits, to be shown large. */
	code: z.string(),
	/** For {@link pairingPoll}; stays on the device. */
	secret: z.string(),
	expiresAt: z.iso.datetime(),
});
export type StartedPairing = z.infer<typeof startedPairing>;

export const pairingPoll = z.strictObject({ secret: z.string().max(200) });

export const pairingState = z.discriminatedUnion('state', [
	z.object({ state: z.literal('waiting'), expiresAt: z.iso.datetime() }),
	/** The answer carries the device's session cookie. */
	z.object({ state: z.literal('approved'), deviceId, kind: deviceKind, workshopId }),
]);
export type PairingState = z.infer<typeof pairingState>;

/** Letters in any case; blanks and hyphens between them don't matter. */
export const pairingCode = z
	.string()
	.max(40)
	.transform((text) => text.replace(/[\s.-]/g, '').toUpperCase())
	.refine((text) => /^[A-Z2-9]{6}$/.test(text), { error: 'pairing.codeUnknown' });

export const pairingApproval = z.strictObject({
	code: pairingCode,
	/** What the device is called in the cockpit; a table's device takes the table's name if there is none. */
	name: singleLine(60).optional(),
	/** Needed for a table's device. */
	tableId: tableId.nullish(),
});

export const approvedPairing = z.object({ deviceId, kind: deviceKind });

export const waitingPairings = z.object({
	pairings: z.array(z.object({ code: z.string(), kind: deviceKind, expiresAt: z.iso.datetime() })),
});
export type WaitingPairings = z.infer<typeof waitingPairings>;

/** What a paired device knows of itself, before it opens its socket. */
export const ownDevice = z.object({
	id: deviceId,
	kind: deviceKind,
	workshopId,
	workshopCode: z.string(),
	tableId: tableId.nullable(),
});
export type OwnDevice = z.infer<typeof ownDevice>;
