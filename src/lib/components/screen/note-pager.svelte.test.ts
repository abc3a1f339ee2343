import { describe, expect, it } from 'vitest';

import { NotePager } from './note-pager.svelte.ts';
import { keysOf, type PagedItem, type WallFrame } from './wall-pages.ts';

/** Two columns of two notes. */
const frame: WallFrame = { columns: 2, height: 210, gap: 10 };

function notes(count: number, shown: (index: number) => boolean = () => true): PagedItem[] {
	return Array.from({ length: count }, (_, index) => ({ key: `n${index + 1}`, height: 100, shown: shown(index) }));
}

describe('the pages of a wall', () => {
	it('begin with what no screen has shown yet', () => {
		const pager = new NotePager();
		pager.lay(
			notes(9, (index) => index < 2),
			frame,
			'a',
			0,
		);
		expect(keysOf(pager.page)).toEqual(['n3', 'n4', 'n5', 'n6']);
		pager.turn(0);
		expect(keysOf(pager.page)).toEqual(['n7', 'n8', 'n9']);
	});

	it('begin with the newest where everything was shown', () => {
		const pager = new NotePager();
		pager.lay(notes(9), frame, 'a', 0);
		expect(keysOf(pager.page)).toEqual(['n6', 'n7', 'n8', 'n9']);
	});

	it('leave to another screen what that one has shown meanwhile', () => {
		const pager = new NotePager();
		pager.lay(
			notes(12, () => false),
			frame,
			'a',
			0,
		);
		pager.lay(
			notes(12, (index) => index >= 4 && index < 8),
			frame,
			'a',
			0,
		);
		pager.turn(0);
		expect(keysOf(pager.page)).toEqual(['n9', 'n10', 'n11', 'n12']);
	});

	it('stay with the same note when the picture takes another shape', () => {
		const pager = new NotePager();
		pager.lay(
			notes(9, (index) => index < 2),
			frame,
			'a',
			0,
		);
		pager.lay(notes(9), { ...frame, columns: 1 }, 'b', 0);
		expect(keysOf(pager.page)).toEqual(['n3', 'n4']);
	});

	it('are the same page while only its end grows', () => {
		const pager = new NotePager();
		pager.lay(notes(2), frame, 'a', 0);
		const number = pager.number;
		pager.lay(notes(3), frame, 'a', 0);
		expect(keysOf(pager.page)).toEqual(['n1', 'n2', 'n3']);
		expect(pager.number).toBe(number);
		expect(pager.complete).toBe(true);
	});
});
