import { randomInt } from 'node:crypto';

import type { BoardId } from '#lib/domain/ids.ts';
import type { IdeaReach } from '#lib/domain/idea.ts';
import type { Change } from '#server/live/change.ts';
import type { Idea, WorkshopState } from '#server/live/workshop-state.ts';

/**
 * Publishes what its authors kept to themselves so far, on one board or on all, in shuffled order, so that nobody can tell from the
 * place of a note when it was written. It reaches as far as its step said, or as far as is said now.
 */
export function reveal(
	state: Readonly<WorkshopState>,
	now: number,
	{ boardId, reach }: { readonly boardId?: BoardId | undefined; readonly reach?: IdeaReach } = {},
): Change[] {
	const waiting = shuffled(ideasOf(state, boardId).filter((idea) => idea.state === 'private'));
	const orders = waiting.map((idea) => idea.order).sort((left, right) => left - right);
	return waiting.map((idea, index) =>
		put({
			...idea,
			state: 'published',
			publishedAt: now,
			reach: reachOn(state, idea, reach ?? idea.reach),
			order: orders[index] ?? idea.order,
		}),
	);
}

/** Lets the room see what tables have kept among them. */
export function shareWithRoom(state: Readonly<WorkshopState>, boardId?: BoardId): Change[] {
	return ideasOf(state, boardId)
		.filter((idea) => idea.state === 'published' && idea.reach === 'table')
		.map((idea) => put({ ...idea, reach: 'room' }));
}

function ideasOf(state: Readonly<WorkshopState>, boardId: BoardId | undefined): Idea[] {
	return [...(boardId === undefined ? state.ideas.values() : state.ideas.onBoard(boardId).values())];
}

/** What is written in the plenary is the room's. */
function reachOn(state: Readonly<WorkshopState>, idea: Idea, reach: IdeaReach): IdeaReach {
	return idea.boardId === state.plenaryBoardId ? 'room' : reach;
}

function put(row: Idea): Change {
	return { type: 'put', entity: 'idea', row };
}

function shuffled<Item>(items: Item[]): Item[] {
	const rest = [...items];
	const result: Item[] = [];
	while (rest.length > 0) result.push(...rest.splice(randomInt(rest.length), 1));
	return result;
}
