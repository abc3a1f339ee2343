import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { noteColours } from '#lib/domain/idea.ts';

import { layOutLineage, type LineageSource, type LineageSpace } from './lineage-layout.ts';

const space: LineageSpace = {
	width: 300,
	notesEnd: 130,
	levels: { group: 220, table: 300, evening: 380, project: 460 },
};

const sources: fc.Arbitrary<LineageSource> = fc.array(
	fc.array(fc.array(fc.constantFrom(...noteColours), { maxLength: 25 }), { maxLength: 5 }),
	{ maxLength: 4 },
);

test('every note is drawn once, inside the picture, and no two lie on each other', () => {
	fc.assert(
		fc.property(sources, (source) => {
			const { notes, noteSize } = layOutLineage(source, space);
			expect(notes).toHaveLength(source.flat(2).length);
			for (const { x, y } of notes) {
				expect(x).toBeGreaterThanOrEqual(-noteSize);
				expect(x + noteSize).toBeLessThanOrEqual(space.width + noteSize);
				expect(y).toBeLessThan(space.notesEnd);
			}
			expect(new Set(notes.map(({ x, y }) => `${String(x)} ${String(y)}`)).size).toBe(notes.length);
		}),
	);
});

test('there is a bar for each group and each table, and one for the evening and the project', () => {
	const { bars, rivers } = layOutLineage([[['sun'], ['sun', 'sun']], [['sky']]], space);
	expect(rivers).toHaveLength(3);
	expect(bars.map((bar) => bar.level)).toEqual(['group', 'group', 'group', 'table', 'table', 'evening', 'project']);
});

test('the rivers come together: each level is narrower than the one above', () => {
	const { bars } = layOutLineage([[['sun'], ['sun', 'sun']], [['sky', 'sky', 'sky']]], space);
	const widthOf = (level: string) =>
		bars.filter((bar) => bar.level === level).reduce((sum, { width }) => sum + width, 0);
	expect(widthOf('table')).toBeLessThan(widthOf('group'));
	expect(widthOf('evening')).toBeLessThan(widthOf('table'));
	expect(widthOf('project')).toBeLessThan(widthOf('evening'));
});

test('without notes there is nothing to draw', () => {
	expect(layOutLineage([], space)).toEqual({ noteSize: 0, notes: [], rivers: [], bars: [] });
	expect(layOutLineage([[[]]], space).bars).toEqual([]);
});
