import path from 'node:path';

import type * as z from 'zod';

import { readTable } from './csv-table.ts';
import { refuse, type ImportReport, type RefusalReason, type RowCounts } from './import-report.ts';

export type CountedFile<Row> = {
	readonly file: string;
	readonly columns: readonly string[];
	readonly schema: z.ZodType<Row>;
	/** Where its rows are counted. */
	readonly counts: RowCounts;
};

/** A row that can be read; `refuse` leaves it out for a reason that only shows beside the other rows. */
export type CountedRow<Row> = { readonly row: Row; readonly refuse: (reason: RefusalReason, column?: string) => void };

/** Reads the rows of a file and counts them in the report; those that can't be read are refused there and left out. */
export async function* countedRows<Row>(
	source: CountedFile<Row>,
	report: ImportReport,
): AsyncGenerator<CountedRow<Row>> {
	const file = path.basename(source.file);
	for await (const entry of readTable(source.file, source.columns, source.schema)) {
		source.counts.read += 1;
		const refuseRow = (reason: RefusalReason, column?: string) =>
			refuse(report, source.counts, { file, line: entry.line, reason, ...(column && { column }) });
		if ('reason' in entry) refuseRow(entry.reason, entry.column);
		else yield { row: entry.row, refuse: refuseRow };
	}
}
