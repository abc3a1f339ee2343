import { describe, expect, it } from 'vitest';

import type { TableId } from '#lib/domain/ids.ts';

import { testId, testRadar, testTable } from '../testing/facilitator-view.ts';
import { freeTables } from './free-seats.ts';

const [one, two, three, home] = [21, 22, 23, 24].map((number) => testId<TableId>(number)) as [
	TableId,
	TableId,
	TableId,
	TableId,
];

const room = {
	tables: {
		[one]: testTable(0, { members: 6 }),
		[two]: testTable(1, { members: 8 }),
		[three]: testTable(2, { members: 2 }),
		[home]: testTable(3, { members: 1, atHome: true }),
	},
	radar: { [one]: testRadar({ languages: { pt: 2 } }) },
};
const names = (tables: { name: string }[]) => tables.map(({ name }) => name);

describe('a seat for somebody who has just come', () => {
	it('is offered at the emptiest tables first, never at full ones', () => {
		expect(freeTables(room).map(({ name, free }) => [name, free])).toEqual([
			['Table 3', 6],
			['Table 1', 2],
		]);
	});

	it('is offered first where their language is spoken', () => {
		expect(freeTables(room, { language: 'pt' })[0]).toMatchObject({ name: 'Table 1', speaks: true });
	});

	it('is at the table of those at home, if there is one and they are', () => {
		expect(names(freeTables(room, { atHome: true }))).toEqual(['Table 4']);
	});

	it('is in the room for people at home where no table is theirs', () => {
		const { [home]: _, ...tables } = room.tables;
		expect(names(freeTables({ ...room, tables }, { atHome: true }))).toEqual(['Table 3', 'Table 1']);
	});
});
