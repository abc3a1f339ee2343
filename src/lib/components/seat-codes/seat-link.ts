import { joinCode } from '#lib/protocol/join.ts';
import { seatCode } from '#lib/protocol/seat-codes.ts';

/**
 * What the picture on a slip leads to: `https://board.example.lu/s#20240606-ABCDEFGH`. The code stands behind the `#`, which browsers
 * keep to themselves, so that it is in no log.
 */
export function seatLink(address: string, workshopCode: string, code: string): string {
	return `${address}/s#${workshopCode}-${code}`;
}

/** Reads the part of such an address from `#` on; null if it is none. */
export function readSeatLink(hash: string): { workshopCode: string; code: string } | null {
	const [workshop = '', seat = ''] = hash.replace(/^#/, '').split('-');
	const [workshopCode, code] = [joinCode.safeParse(workshop), seatCode.safeParse(seat)];
	return workshopCode.success && code.success ? { workshopCode: workshopCode.data, code: code.data } : null;
}
