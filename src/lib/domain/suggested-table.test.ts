import { describe, expect, it } from 'vitest';

import { suggestedTable } from './suggested-table.ts';

const table = (id: number, free: number, atHome = false) => ({ id, free, atHome });

describe('the table that a walk-in is shown to', () => {
	it('has most free seats, and is the first of equals', () => {
		expect(suggestedTable([table(1, 2), table(2, 5), table(3, 5)], false)).toBe(2);
	});

	it('is one of those at home for somebody at home, and only for them', () => {
		const tables = [table(1, 2), table(2, 9, true)];
		expect(suggestedTable(tables, true)).toBe(2);
		expect(suggestedTable(tables, false)).toBe(1);
	});

	it('is any with a seat where the fitting ones are full, and none where all are', () => {
		expect(suggestedTable([table(1, 0), table(2, 1, true)], false)).toBe(2);
		expect(suggestedTable([table(1, 0)], false)).toBeNull();
	});
});
