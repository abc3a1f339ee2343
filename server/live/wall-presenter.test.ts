import { expect, test } from 'vitest';

import { scene } from '#tests/helpers/command-scene.ts';
import { addIdea } from '#tests/helpers/workshop-in-memory.ts';

import { presentWall } from './wall-presenter.ts';

test('of more ideas than a wall gets, those that wait come first, and what is being read stays', () => {
	const at = scene();
	const ideas = Array.from({ length: 400 }, (_, index) => {
		const shownAt = index < 100 ? index : null;
		return addIdea(at.state, { boardId: at.table.boardId, text: `idea ${String(index)}`, publishedAt: index, shownAt });
	});
	const wall = presentWall(at.state, null).wall;
	const has = (index: number) => ideas[index] !== undefined && Object.hasOwn(wall, ideas[index].id);
	expect(Object.keys(wall)).toHaveLength(240);
	expect([has(99), has(20)]).toEqual([true, true]);
	expect([has(19), has(0)]).toEqual([false, false]);
	expect([has(399), has(240)]).toEqual([true, true]);
	expect(has(239)).toBe(false);
});
