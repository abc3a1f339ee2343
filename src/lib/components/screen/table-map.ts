/** How the tables stand on a page: never more than can be read from the back, so a hundred take several pages. */
export type MapGrid = {
	readonly columns: number;
	readonly rows: number;
	readonly onPage: number;
	/** A tile has room for its question in two languages. */
	readonly roomy: boolean;
};

const mostRows = 3;

export function mapGrid(tables: number): MapGrid {
	const columns = columnsFor(tables);
	const rows = Math.max(1, Math.min(mostRows, Math.ceil(tables / columns)));
	return { columns, rows, onPage: columns * rows, roomy: rows <= 2 && columns <= 3 };
}

function columnsFor(tables: number): number {
	if (tables <= 4) return 2;
	if (tables <= 6) return 3;
	return tables <= 12 ? 4 : 5;
}
