/** A column: its title, and what stands in it; words to the left, numbers to the right. */
export type Column<Row> = readonly [title: string, value: (row: Row) => string, align?: 'left'];

/** Rows as lines of text under their titles; the empty string without rows. */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
	if (rows.length === 0) return '';
	const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, value]) => value(row)))];
	const widths = columns.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
	const pad = (cell: string, column: number) =>
		columns[column]?.[2] === 'left' ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
	return `${cells.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')}\n\n`;
}

/** A number for people; a dash for what was not measured. */
export function decimal(value: number, digits: number): string {
	return Number.isFinite(value) ? value.toLocaleString('en', { maximumFractionDigits: digits }) : '–';
}
