import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
	extendPage,
	keysOf,
	newestPage,
	showsAll,
	stayMs,
	turnPage,
	type WallFrame,
	type WallItem,
} from './wall-pages.ts';

const frame: WallFrame = { columns: 2, height: 210, gap: 10 };

/** Notes of 100 px: two in a column, four on a page. */
function notes(count: number, from = 1): WallItem[] {
	return Array.from({ length: count }, (_, index) => ({ key: `n${from + index}`, height: 100 }));
}

describe('the newest page', () => {
	it('ends with the newest note and is as full as can be', () => {
		expect(keysOf(newestPage(notes(9), frame))).toEqual(['n6', 'n7', 'n8', 'n9']);
	});

	it('shows everything while everything fits', () => {
		const page = newestPage(notes(3), frame);
		expect(page.columns.map((column) => column.map((slot) => slot.key))).toEqual([['n1', 'n2'], ['n3']]);
		expect(showsAll(page, notes(3))).toBe(true);
	});

	it('is empty when there is nothing', () => {
		expect(keysOf(newestPage([], frame))).toEqual([]);
	});

	it('gives a note that is higher than the frame a column of its own', () => {
		const page = newestPage([{ key: 'long', height: 500 }, ...notes(2)], frame);
		expect(page.columns.map((column) => column.map((slot) => slot.key))).toEqual([['long'], ['n1', 'n2']]);
	});
});

describe('a page that is being read', () => {
	it('takes new notes into its free slots and moves nothing', () => {
		const before = newestPage(notes(3), frame);
		const after = extendPage(before, notes(4), frame);
		expect(keysOf(after)).toEqual(['n1', 'n2', 'n3', 'n4']);
		expect(after.columns[0]).toEqual(before.columns[0]);
	});

	it('keeps the slot of a note that was taken off the wall', () => {
		const before = newestPage(notes(3), frame);
		const after = extendPage(
			before,
			notes(4).filter((item) => item.key !== 'n2'),
			frame,
		);
		expect(keysOf(after)).toEqual(['n1', 'n2', 'n3', 'n4']);
	});

	it('leaves what does not fit for the next page', () => {
		expect(keysOf(extendPage(newestPage(notes(4), frame), notes(6), frame))).toEqual(['n1', 'n2', 'n3', 'n4']);
	});

	it('keeps every slot in its place, whatever comes and goes', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 20, max: 300 }), { maxLength: 30 }),
				fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
				(heights, stays) => {
					const items = heights.map((height, index) => ({ key: String(index), height }));
					const before = newestPage(items.slice(0, Math.ceil(items.length / 2)), frame);
					const after = extendPage(
						before,
						items.filter((_, index) => stays[index]),
						frame,
					);
					for (const [index, column] of before.columns.entries()) {
						expect(after.columns[index]?.slice(0, column.length)).toEqual(column);
					}
				},
			),
		);
	});
});

describe('turning the page', () => {
	it('goes to what nobody has seen yet', () => {
		const page = newestPage(notes(4), frame);
		const seen = new Set(keysOf(page));
		expect(keysOf(turnPage(page, notes(7), seen, frame))).toEqual(['n5', 'n6', 'n7']);
	});

	it('goes round when everything was seen', () => {
		const items = notes(6);
		const seen = new Set(items.map((item) => item.key));
		const newest = newestPage(items, frame);
		const first = turnPage(newest, items, seen, frame);
		expect(keysOf(first)).toEqual(['n1', 'n2', 'n3', 'n4']);
		expect(keysOf(turnPage(first, items, seen, frame))).toEqual(['n5', 'n6']);
	});

	it('goes on from the last note that is still there', () => {
		const page = { columns: [[{ key: 'n1', height: 100 }], [{ key: 'gone', height: 100 }]] };
		const items = notes(5);
		const seen = new Set(items.map((item) => item.key));
		expect(keysOf(turnPage(page, items, seen, frame))).toEqual(['n2', 'n3', 'n4', 'n5']);
	});

	it('shows everything as soon as everything fits', () => {
		const page = { columns: [[{ key: 'n3', height: 100 }], [{ key: 'gone', height: 100 }]] };
		expect(keysOf(turnPage(page, notes(4), new Set(['n1', 'n2', 'n3']), frame))).toEqual(['n1', 'n2', 'n3', 'n4']);
	});

	it('keeps a heading with its first note', () => {
		const items: WallItem[] = [...notes(3), { key: 'g', height: 60, leads: true }, ...notes(1, 4)];
		const page = newestPage(items, frame);
		expect(page.columns.at(-1)?.map((slot) => slot.key)).toEqual(['g', 'n4']);
		expect(keysOf(turnPage({ columns: [] }, items, new Set(['n1', 'n2', 'n3']), frame))).toEqual(['g', 'n4']);
	});
});

describe('groups with columns of their own', () => {
	/** A group of notes, 100 px each, under a heading of 40 px. */
	function group(name: string, count: number): WallItem[] {
		const heading = { key: name, height: 40, leads: true, under: name };
		return [heading, ...notes(count).map(({ key, height }) => ({ key: name + key, height, under: name }))];
	}
	const tall: WallFrame = { columns: 3, height: 260, gap: 10 };
	const columnsOf = (page: { columns: readonly (readonly { key: string }[])[] }) =>
		page.columns.map((slots) => slots.map((slot) => slot.key));

	it('begin a column each', () => {
		expect(columnsOf(turnPage({ columns: [] }, [...group('a', 1), ...group('b', 1)], new Set(), tall))).toEqual([
			['a', 'an1'],
			['b', 'bn1'],
		]);
	});

	it('go on in the next column, and on the next page, under the same heading', () => {
		const items = [...group('a', 5), ...group('b', 3)];
		const first = turnPage({ columns: [] }, items, new Set(), tall);
		expect(columnsOf(first)).toEqual([
			['a', 'an1', 'an2'],
			['a', 'an3', 'an4'],
			['a', 'an5'],
		]);
		const long = group('a', 7);
		expect(columnsOf(turnPage(first, long, new Set(['an1', 'an2', 'an3', 'an4', 'an5', 'an6']), tall))).toEqual([
			['a', 'an7'],
		]);
	});

	it('take what is new at the end of their own column, and nothing else moves', () => {
		const before = turnPage({ columns: [] }, [...group('a', 1), ...group('b', 2)], new Set(), tall);
		const items = [...group('a', 2), ...group('b', 2)];
		const after = extendPage(before, items, tall, new Set(['an1', 'bn1', 'bn2']));
		expect(columnsOf(after)).toEqual([
			['a', 'an1', 'an2'],
			['b', 'bn1', 'bn2'],
		]);
	});
});

describe('how long a page stays', () => {
	it('grows with what there is to read, within bounds', () => {
		expect(stayMs(0)).toBe(12_000);
		expect(stayMs(800)).toBe(28_000);
		expect(stayMs(5_000)).toBe(40_000);
	});
});
