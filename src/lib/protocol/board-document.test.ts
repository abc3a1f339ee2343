import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';

import { groupId, ideaId } from '#lib/domain/ids.ts';

import {
	applyBoardChanges,
	boardDifference,
	ideasOf,
	readBoard,
	type BoardContent,
	type BoardGroup,
	type BoardIdea,
} from './board-document.ts';

const ids = [
	'a0000000-0000-4000-8000-000000000001',
	'a0000000-0000-4000-8000-000000000002',
	'a0000000-0000-4000-8000-000000000003',
] as const;

function idea(index: 0 | 1 | 2, more: Partial<BoardIdea> = {}): BoardIdea {
	return { id: ideaId.parse(ids[index]), text: `idea ${index}`, groupId: null, order: 1, colour: 'sun', ...more };
}

const group: BoardGroup = { id: groupId.parse(ids[0]), title: 'Food', order: 1, colour: 'sky' };

function documentWith(content: BoardContent): Y.Doc {
	const document = new Y.Doc();
	applyBoardChanges(document, boardDifference({ ideas: [], groups: [] }, content));
	return document;
}

describe('a board document', () => {
	it('gives back what was put into it, in its order; equal places are ordered by id', () => {
		const ideas = [idea(1), idea(0), idea(2, { order: 0, by: 'Anna', at: 5, language: 'lb' })];
		const document = documentWith({ ideas, groups: [group] });
		expect(readBoard(document)).toEqual({ ideas: [ideas[2], ideas[1], ideas[0]], groups: [group] });
	});

	it('has no trace of a change that changes nothing', () => {
		const document = documentWith({ ideas: [idea(0)], groups: [group] });
		const updated = vi.fn<() => void>();
		document.on('update', updated);
		applyBoardChanges(document, [
			{ kind: 'put-idea', idea: idea(0) },
			{ kind: 'put-group', group },
			{ kind: 'remove-idea', ideaId: idea(1).id },
		]);
		expect(updated).not.toHaveBeenCalled();
	});

	it('loses a name that is no longer to be shown, and its bytes', () => {
		const document = documentWith({ ideas: [idea(0, { by: 'Anna Unverwechselbar' })], groups: [] });
		applyBoardChanges(document, [{ kind: 'put-idea', idea: idea(0) }]);
		expect(readBoard(document).ideas).toEqual([idea(0)]);
		expect(Buffer.from(Y.encodeStateAsUpdate(document)).includes('Unverwechselbar')).toBe(false);
	});

	it('loses the words of an idea that was taken down', () => {
		const document = documentWith({ ideas: [idea(0, { text: 'Unverwechselbar' }), idea(1)], groups: [] });
		applyBoardChanges(document, [{ kind: 'remove-idea', ideaId: idea(0).id }]);
		expect(readBoard(document).ideas).toEqual([idea(1)]);
		expect(Buffer.from(Y.encodeStateAsUpdate(document)).includes('Unverwechselbar')).toBe(false);
	});

	it('leads from any content to any other by their difference', () => {
		const before = { ideas: [idea(0), idea(1)], groups: [group] };
		const after = { ideas: [idea(1, { text: 'changed', groupId: group.id }), idea(2)], groups: [] };
		const document = documentWith(before);
		applyBoardChanges(document, boardDifference(before, after));
		expect(readBoard(document)).toEqual(after);
	});

	it('shows a reader of an older version what it understands', () => {
		const document = documentWith({ ideas: [idea(0)], groups: [] });
		ideasOf(document).set('from-the-future', new Y.Map([['shape', 'hexagon']]));
		expect(readBoard(document).ideas).toEqual([idea(0)]);
	});
});
