import type { AccountId } from '#lib/domain/ids.ts';

import type { Idea } from './workshop-state.ts';

/** Somebody who went away holds up nobody for longer than this. */
const claimMs = 3 * 60_000;

/** Whether a moderator has this idea in hand. */
export function isClaimed({ claimedBy, claimedAt }: Idea, now: number): boolean {
	return claimedBy !== null && claimedAt !== null && claimedAt > now - claimMs;
}

/** Whether another moderator has it in hand. */
export function isClaimedByOther(idea: Idea, accountId: AccountId, now: number): boolean {
	return isClaimed(idea, now) && idea.claimedBy !== accountId;
}
