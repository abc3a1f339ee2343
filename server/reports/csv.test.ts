import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';

import { csvOf } from './csv.ts';

type Row = { text: string; dots: number };
const columns = [
	{ heading: 'Idee', value: (row: Row) => row.text },
	{ heading: 'Punkte', value: (row: Row) => row.dots },
];

test('a file begins with a byte order mark and its headings', () => {
	expect(csvOf(columns, [{ text: 'Ein Café', dots: 12 }], 'de')).toBe('\uFEFFIdee;Punkte\r\nEin Café;12\r\n');
});

test('English spreadsheets get commas', () => {
	expect(csvOf(columns, [], 'en')).toBe('\uFEFFIdee,Punkte\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('%j is no formula', (text) => {
	const [row] = parse(csvOf(columns, [{ text, dots: 0 }], 'de'), { bom: true, delimiter: ';', from_line: 2 });
	expect(row?.[0]?.startsWith("'")).toBe(true);
});

test('quotes, separators and line breaks stay inside their cell', () => {
	const text = 'Sie sagte: "Ja;\nnein"';
	const [row] = parse(csvOf(columns, [{ text, dots: 0 }], 'de'), { bom: true, delimiter: ';', from_line: 2 });
	expect(row).toEqual([text, '0']);
});
