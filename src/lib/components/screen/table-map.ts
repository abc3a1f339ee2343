/** How the tables stand on a page: never more than can be read from the back, so a hundred take several pages. */
export type MapGrid = {
	readonly columns: number;
	readonly rows: number;
	readonly onPage: number;
	/** A tile has room for its question in two languages, in so many lines each; 0: they take turns. */
	readonly linesEach: number;
};

const mostRows = 3;

export function mapGrid(tables: number): MapGrid {
	const columns = columnsFor(tables);
	const rows = Math.max(1, Math.min(mostRows, Math.ceil(tables / columns)));
	return { columns, rows, onPage: columns * rows, linesEach: columns > 3 ? 0 : rows === 1 ? 4 : 2 };
}

function columnsFor(tables: number): number {
	if (tables <= 4) return 2;
	return tables <= 6 ? 3 : 4;
}
