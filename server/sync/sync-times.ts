import { keepaliveMs } from '#lib/protocol/sync-wire.ts';

/** How patient the sync side is; tests are in more of a hurry. */
export type SyncTimes = {
	/** How often sockets are looked after. */
	readonly sweepMs: number;
	/** A client hears something at least this often, and answers a ping. */
	readonly keepaliveMs: number;
	/** A client that has taken nothing for so long, while something waits for it, is closed. */
	readonly drainMs: number;
	/** How long somebody may go on after the right to write has ended, so that a sentence in flight lands. */
	readonly writeGraceMs: number;
	/** How long asking for the right and opening the document may take. */
	readonly admissionMs: number;
};

export const usualTimes: SyncTimes = {
	sweepMs: 5_000,
	keepaliveMs,
	drainMs: 20_000,
	writeGraceMs: 3_000,
	admissionMs: 15_000,
};
