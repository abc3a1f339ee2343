import { randomInt, scrypt } from 'node:crypto';

import type { WorkshopId } from '#lib/domain/ids.ts';
import { seatCodeLength } from '#lib/protocol/seat-codes.ts';
import { newCode } from '#server/secret.ts';

/** 16 MiB and some 40 ms for each guess at what is in a stolen database; 31^8 codes take a while. */
const cost = { N: 16_384, r: 8, p: 1 };
const hashLength = 32;

export function newSeatCode(): string {
	return newCode(seatCodeLength);
}

/**
 * What is kept of a code. It has 40 bits, few enough to be typed by hand, so it is hashed as slowly as a password is; the salt is
 * the workshop's, because a code is looked up by its hash.
 */
export function hashSeatCode(code: string, workshopId: WorkshopId): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		scrypt(code, `seat code of ${workshopId}`, hashLength, cost, (error, hash) => {
			if (error === null) resolve(hash);
			else reject(error);
		});
	});
}

/** In an order of chance (Fisher–Yates): a pile of slips must not say who took which number. */
export function mixed<Item>(items: readonly Item[]): Item[] {
	const pile = [...items];
	for (let last = pile.length - 1; last > 0; last -= 1) {
		const other = randomInt(last + 1);
		const [one, two] = [pile[last], pile[other]];
		if (one === undefined || two === undefined) continue;
		pile[last] = two;
		pile[other] = one;
	}
	return pile;
}
