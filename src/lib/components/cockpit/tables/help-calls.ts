import type { AccountId, TableId } from '#lib/domain/ids.ts';
import type { FacilitatorView, TableView } from '#lib/protocol/live.ts';

import { minuteMs, radarOf } from './table-radar.ts';

export type HelpCall = {
	readonly tableId: TableId;
	readonly name: string;
	/** Epoch milliseconds; null where the server hasn't said. */
	readonly askedAt: number | null;
	/** Who of the team is on the way. */
	readonly helper: AccountId | null;
	readonly coming: boolean;
};

/** The tables that ask for help, in the order in which they asked. */
export function helpCalls(room: Pick<FacilitatorView, 'tables' | 'radar'>): HelpCall[] {
	return (Object.entries(room.tables) as [TableId, TableView][])
		.filter(([, { needsHelp }]) => needsHelp)
		.map(([tableId, { name, position, helpComing }]) => {
			const { helpAskedAt, helpBy } = radarOf(room, tableId);
			return { tableId, name, position, askedAt: helpAskedAt, helper: helpBy, coming: helpComing };
		})
		.sort((one, other) => (one.askedAt ?? Infinity) - (other.askedAt ?? Infinity) || one.position - other.position)
		.map(({ position: _, ...call }) => call);
}

/** How many nobody has answered yet. */
export function unanswered(calls: readonly HelpCall[]): number {
	return calls.filter(({ coming }) => !coming).length;
}

/** Whole minutes that a table has been waiting. */
export function waitedMinutes({ askedAt }: HelpCall, now: number): number {
	return askedAt === null ? 0 : Math.max(0, Math.floor((now - askedAt) / minuteMs));
}
