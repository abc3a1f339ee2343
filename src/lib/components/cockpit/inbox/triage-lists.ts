import type { AccountId, IdeaId, TableId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { InboxIdea } from '#lib/protocol/live.ts';

/** What waits in the inbox, divided among those who read it. */

export type WaitingIdea = InboxIdea & { readonly id: IdeaId };

export type TriageFilter = {
	/** Ideas of one table, of the plenary, or (null) of all. */
	readonly place: TableId | 'plenary' | null;
	readonly language: Language | null;
};

export const noFilter: TriageFilter = { place: null, language: null };

export type TriageLists = {
	/** Taken by whoever looks, oldest first. */
	readonly mine: readonly WaitingIdea[];
	/** Taken by nobody. */
	readonly free: readonly WaitingIdea[];
	/** Taken by somebody else of the team: seen, and left alone. */
	readonly others: readonly WaitingIdea[];
	/** Taken down, and merged into others: the latest first. */
	readonly hidden: readonly WaitingIdea[];
	readonly merged: readonly WaitingIdea[];
};

type Inbox = Readonly<Record<IdeaId, InboxIdea>>;

/**
 * @param me whose view it is; null while the server has not said
 * @param settled ideas that were dealt with here and whose change is still on its way
 */
export function triageLists(
	inbox: Inbox,
	me: AccountId | null,
	{ place, language }: TriageFilter = noFilter,
	settled: (id: IdeaId) => boolean = () => false,
): TriageLists {
	const ideas = (Object.entries(inbox) as [IdeaId, InboxIdea][])
		.map(([id, idea]): WaitingIdea => ({ ...idea, id }))
		.filter((idea) => !settled(idea.id))
		.filter((idea) => place === null || (idea.tableId ?? 'plenary') === place)
		.filter((idea) => language === null || idea.language === language)
		.sort(byArrival);
	const waiting = ideas.filter(({ state }) => state === 'inbox');
	return {
		mine: waiting.filter(({ claimedBy }) => claimedBy !== null && claimedBy === me),
		free: waiting.filter(({ claimedBy }) => claimedBy === null),
		others: waiting.filter(({ claimedBy }) => claimedBy !== null && claimedBy !== me),
		hidden: ideas.filter(({ state }) => state === 'hidden').reverse(),
		merged: ideas.filter(({ state }) => state === 'merged').reverse(),
	};
}

type Placed = Pick<WaitingIdea, 'id' | 'createdAt'>;

function byArrival(one: Placed, other: Placed): number {
	return one.createdAt - other.createdAt || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

/** What one reads through: one's own first, then what nobody has taken. */
export function queueOf({ mine, free }: TriageLists): readonly WaitingIdea[] {
	return [...mine, ...free];
}

/** The idea that is in hand, and where it stood, so that its place is known when it is gone. */
export type Held = { readonly id: IdeaId; readonly place: number };

/** The held idea while it is in the queue, else the one that has come into its place, else the last. */
export function inHand(queue: readonly WaitingIdea[], held: Held | null): WaitingIdea | null {
	if (held === null) return queue[0] ?? null;
	return queue.find(({ id }) => id === held.id) ?? queue[Math.min(held.place, queue.length - 1)] ?? null;
}

/** Where ideas of the inbox come from, with how many wait there: what a filter offers. */
export function countBy<Key extends string>(
	ideas: readonly WaitingIdea[],
	keyOf: (idea: WaitingIdea) => Key | null,
): Map<Key, number> {
	const counts = new Map<Key, number>();
	for (const idea of ideas) {
		const key = keyOf(idea);
		if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}

/** How many of whose: what others have taken, by who took it, most first. */
export function claimsOf(others: readonly WaitingIdea[]): { readonly accountId: AccountId; readonly count: number }[] {
	return [...countBy(others, ({ claimedBy }) => claimedBy)]
		.map(([accountId, count]) => ({ accountId, count }))
		.sort((one, other) => other.count - one.count);
}
