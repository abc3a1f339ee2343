import { describe, expect, it } from 'vitest';

import { commandId, groupId, ideaId } from '#lib/domain/ids.ts';
import { outboxEntry } from '#lib/live/outbox-entry.ts';
import { randomId } from '#lib/live/random-id.ts';
import type { BoardContent, BoardIdea } from '#lib/protocol/board-document.ts';

import { boardColumns, placeOf, type BoardColumn } from './board-columns.ts';

const [bench, tree, bus] = [0, 1, 2].map(() => ideaId.parse(randomId())) as [
	BoardIdea['id'],
	BoardIdea['id'],
	BoardIdea['id'],
];
const green = groupId.parse(randomId());

function idea(id: BoardIdea['id'], order: number, group: BoardIdea['groupId'] = null): BoardIdea {
	return { id, text: id.slice(0, 4), groupId: group, order, colour: 'sun' };
}

const content: BoardContent = {
	ideas: [idea(tree, 2), idea(bench, 1), idea(bus, 3, green)],
	groups: [{ id: green, title: 'Green', order: 1, colour: 'mint' }],
};

function ids(columns: readonly BoardColumn[]): (readonly [string | null, ...string[]])[] {
	return columns.map(({ group, ideas }) => [group?.title ?? null, ...ideas.map(({ id }) => id)] as const);
}

function entry(
	...[name, payload]: Parameters<typeof outboxEntry> extends [unknown, infer N, infer P, unknown] ? [N, P] : never
) {
	return outboxEntry(commandId.parse(randomId()), name, payload, 1);
}

describe('a board as columns', () => {
	it('puts what is in no group first, each column in its order', () => {
		expect(ids(boardColumns(content, []))).toEqual([
			[null, bench, tree],
			['Green', bus],
		]);
	});

	it('shows a move before the server has it', () => {
		const move = entry('idea.move', { ideaId: tree, groupId: green, beforeIdeaId: bus });
		expect(ids(boardColumns(content, [move]))).toEqual([
			[null, bench],
			['Green', tree, bus],
		]);
	});

	it('shows a new group as pending', () => {
		const columns = boardColumns(content, [
			entry('group.create', { boardId: randomId(), title: 'Mobility', ideaIds: [bench, bus] }),
		]);
		expect(ids(columns)).toEqual([[null, tree], ['Green'], ['Mobility', bench, bus]]);
		expect(columns.map((column) => column.pending)).toEqual([false, false, true]);
	});

	it('keeps the ideas of a group that is gone', () => {
		const columns = boardColumns(content, [entry('group.delete', { groupId: green })]);
		expect(ids(columns)).toEqual([[null, bench, tree, bus]]);
	});

	it('knows where to put an idea back', () => {
		expect(placeOf(boardColumns(content, []), bench)).toEqual({ groupId: null, beforeIdeaId: tree });
		expect(placeOf(boardColumns(content, []), bus)).toEqual({ groupId: green, beforeIdeaId: null });
	});
});
