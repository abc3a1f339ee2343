/**
 * The table that somebody who comes in alone is shown to: the one with most free seats, the first of equals. People at home sit with
 * people at home, as long as such a table has a seat.
 * @param tables in their order
 * @returns null where no seat is free
 */
export function suggestedTable<Id>(
	tables: readonly { readonly id: Id; readonly free: number; readonly atHome: boolean }[],
	atHome: boolean,
): Id | null {
	const withSeats = tables.filter(({ free }) => free > 0);
	const fitting = withSeats.filter((table) => table.atHome === atHome);
	let best: { readonly id: Id; readonly free: number } | undefined;
	for (const table of fitting.length > 0 ? fitting : withSeats) {
		if (best === undefined || table.free > best.free) best = table;
	}
	return best?.id ?? null;
}
