import { describe, expect, it } from 'vitest';

import type { BoardId, GroupId, IdeaId, TableId } from '#lib/domain/ids.ts';

import type { Picked } from '../cockpit.svelte.ts';
import { testId } from '../testing/facilitator-view.ts';
import { harvestable, spotlightable } from './harvest.ts';

function picked(kind: Picked['kind'], id: number, tableId: TableId | null): Picked {
	return { kind, id: testId<IdeaId & GroupId>(id), label: 'A garden', boardId: testId<BoardId>(9), tableId };
}

const ofTable = picked('idea', 1, testId(21));
const ofPlenary = picked('idea', 2, null);
const group = picked('group', 3, testId(21));

describe('what the plenary can get', () => {
	it('are ideas of tables, not its own and no groups', () => {
		expect(harvestable([ofTable, ofPlenary, group])).toEqual([ofTable.id]);
	});
});

describe('what can stand in the light', () => {
	it('is one idea alone, from anywhere', () => {
		expect(spotlightable([ofTable])).toBe(ofTable.id);
		expect(spotlightable([ofPlenary])).toBe(ofPlenary.id);
	});

	it('is nothing where several are picked, or a group', () => {
		expect(spotlightable([])).toBeNull();
		expect(spotlightable([group])).toBeNull();
		expect(spotlightable([ofTable, ofPlenary])).toBeNull();
	});
});
