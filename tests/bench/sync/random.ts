import type { Random } from '#server/rehearsal/crowd/seeded-random.ts';

/** A clientID as Yjs would draw it. */
export function randomClientId(random: Random): number {
	return Math.floor(random() * 2 ** 32);
}
