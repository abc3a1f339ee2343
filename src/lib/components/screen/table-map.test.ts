import { expect, it } from 'vitest';

import { mapGrid } from './table-map.ts';

it.each([
	[1, 2, 1],
	[4, 2, 2],
	[6, 3, 2],
	[7, 4, 2],
	[12, 4, 3],
	[100, 4, 3],
])('shows %i tables in %i columns and %i rows', (tables, columns, rows) => {
	expect(mapGrid(tables)).toMatchObject({ columns, rows, onPage: columns * rows });
});

it('says two languages at once only where tiles are large', () => {
	expect(mapGrid(6).linesEach).toBe(2);
	expect(mapGrid(7).linesEach).toBe(0);
});
