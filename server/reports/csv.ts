import { stringify } from 'csv-stringify/sync';

import type { Language } from '#lib/domain/language.ts';

export type CsvColumn<Row> = { readonly heading: string; readonly value: (row: Row) => string | number };

/**
 * A table as a CSV file that opens with a double click in the spreadsheets people have: UTF-8 with a byte order mark, and
 * the separator their language's settings expect (a semicolon wherever the comma is the decimal sign).
 * Cells that a spreadsheet would run as a formula are defused with an apostrophe.
 */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[], language: Language): string {
	return stringify(
		rows.map((row) => columns.map((column) => column.value(row))),
		{
			header: true,
			columns: columns.map((column) => column.heading),
			bom: true,
			delimiter: language === 'en' ? ',' : ';',
			record_delimiter: 'windows',
			escape_formulas: true,
		},
	);
}
