import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { noteColours, type NoteColour } from '#lib/domain/idea.ts';

import { layOutLineage, type LineageBoard, type LineageSpace } from './lineage-layout.ts';

const space: LineageSpace = {
	width: 300,
	notesEnd: 130,
	levels: { group: 220, table: 300, evening: 380, project: 460 },
};

const boards: fc.Arbitrary<LineageBoard[]> = fc.array(
	fc.record({
		isTable: fc.boolean(),
		piles: fc.array(
			fc.record({ isGroup: fc.boolean(), colours: fc.array(fc.constantFrom(...noteColours), { maxLength: 25 }) }),
			{ maxLength: 5 },
		),
	}),
	{ maxLength: 4 },
);

function table(...piles: NoteColour[][]): LineageBoard {
	return { isTable: true, piles: piles.map((colours) => ({ isGroup: true, colours })) };
}

test('every note is drawn once, inside the picture, and no two lie on each other', () => {
	fc.assert(
		fc.property(boards, (given) => {
			const { notes, noteSize } = layOutLineage(given, space);
			expect(notes).toHaveLength(given.flatMap(({ piles }) => piles.flatMap(({ colours }) => colours)).length);
			for (const { x, y } of notes) {
				expect(x).toBeGreaterThanOrEqual(-noteSize);
				expect(x + noteSize).toBeLessThanOrEqual(space.width + noteSize);
				expect(y).toBeLessThan(space.notesEnd);
			}
			expect(new Set(notes.map(({ x, y }) => `${String(x)} ${String(y)}`)).size).toBe(notes.length);
		}),
	);
});

test('there is a bar for each group and each table, and one for the evening', () => {
	const { bars, rivers } = layOutLineage([table(['sun'], ['sun', 'sun']), table(['sky'])], space);
	expect(rivers).toHaveLength(3);
	expect(bars.map((bar) => bar.level)).toEqual(['group', 'group', 'group', 'table', 'table', 'evening']);
});

test('notes in no group and of no table flow past the bars', () => {
	const room = { isTable: false, piles: [{ isGroup: false, colours: ['mint' as const] }] };
	const { bars, rivers } = layOutLineage([table(['sun']), room], space);
	expect(rivers).toHaveLength(2);
	expect(bars.map((bar) => bar.level)).toEqual(['group', 'table', 'evening']);
});

test('the rivers come together: each level is narrower than the one above', () => {
	const { bars } = layOutLineage([table(['sun'], ['sun', 'sun']), table(['sky', 'sky', 'sky'])], space);
	const widthOf = (level: string) =>
		bars.filter((bar) => bar.level === level).reduce((sum, { width }) => sum + width, 0);
	expect(widthOf('table')).toBeLessThan(widthOf('group'));
	expect(widthOf('evening')).toBeLessThan(widthOf('table'));
});

test('without notes there is nothing to draw', () => {
	expect(layOutLineage([], space)).toEqual({ noteSize: 0, notes: [], rivers: [], bars: [] });
	expect(layOutLineage([table([])], space).bars).toEqual([]);
});
