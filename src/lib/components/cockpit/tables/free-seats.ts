import type { TableId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { FacilitatorView, TableView } from '#lib/protocol/live.ts';

import { radarOf } from './table-radar.ts';

export type FreeTable = {
	readonly id: TableId;
	readonly name: string;
	readonly free: number;
	/** Somebody there has this language as well. */
	readonly speaks: boolean;
};

type Wish = {
	/** Somebody who takes part from home sits with others from home, if there is such a table. */
	readonly atHome?: boolean;
	readonly language?: Language | null;
};

/**
 * Tables with a free seat for somebody who has just come: those where their language is spoken first, then the emptiest for their size,
 * so that tables fill evenly.
 */
export function freeTables(
	room: Pick<FacilitatorView, 'tables' | 'radar'>,
	{ atHome = false, language = null }: Wish = {},
): FreeTable[] {
	const tables = (Object.entries(room.tables) as [TableId, TableView][])
		.filter(([, { members, capacity }]) => members < capacity)
		.map(([id, table]) => ({
			id,
			table,
			speaks: language !== null && (radarOf(room, id).languages[language] ?? 0) > 0,
		}));
	const fitting = tables.filter(({ table }) => table.atHome === atHome);
	// Where no table is meant for people at home, they are members of one in the room.
	const offered = fitting.length > 0 || !atHome ? fitting : tables;
	return offered
		.sort(
			(one, other) =>
				Number(other.speaks) - Number(one.speaks) ||
				fullness(one.table) - fullness(other.table) ||
				one.table.position - other.table.position,
		)
		.map(({ id, table, speaks }) => ({ id, name: table.name, free: table.capacity - table.members, speaks }));
}

function fullness({ members, capacity }: TableView): number {
	return members / capacity;
}
