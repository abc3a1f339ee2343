/** Rows by id as a plain object, each as `show` makes it. */
export function record<Id extends string, Row, Shown>(
	rows: ReadonlyMap<Id, Row>,
	show: (row: Row) => Shown,
): Record<Id, Shown> {
	const shown: Partial<Record<Id, Shown>> = {};
	for (const [id, row] of rows) shown[id] = show(row);
	return shown as Record<Id, Shown>;
}
