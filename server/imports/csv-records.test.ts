import { describe, expect, it } from 'vitest';

import { readCsvRecords, type CsvRecord } from './csv-records.ts';

async function read(...chunks: string[]): Promise<CsvRecord[]> {
	async function* source() {
		for (const chunk of chunks) yield await Promise.resolve(chunk);
	}
	return Array.fromAsync(readCsvRecords(source()));
}

describe('reading CSV records', () => {
	it('numbers each record by the line it starts on', async () => {
		expect(await read('a,b\n"one\ntwo",2\n\n3,4')).toEqual([
			{ line: 1, fields: ['a', 'b'] },
			{ line: 2, fields: ['one\ntwo', '2'] },
			{ line: 5, fields: ['3', '4'] },
		]);
	});

	it('reads quotes, a byte order mark, Windows line ends and chunks cut anywhere', async () => {
		expect(await read('\uFEFFa,b\r', '\n"he said ""', 'no""",', '"x,y"\r\n')).toEqual([
			{ line: 1, fields: ['a', 'b'] },
			{ line: 2, fields: ['he said "no"', 'x,y'] },
		]);
	});

	it('gives up the line with a quote that never closes and reads the lines after it', async () => {
		expect(await read('1,a\n2,"never closed\n3,c\n4,d\n')).toEqual([
			{ line: 1, fields: ['1', 'a'] },
			{ line: 2, broken: true },
			{ line: 3, fields: ['3', 'c'] },
			{ line: 4, fields: ['4', 'd'] },
		]);
	});

	it('does not let a forgotten quote eat a quoted text further down', async () => {
		expect(await read('1,"forgotten\n2,b\n3,"c, and\nmore"\n4,d')).toEqual([
			{ line: 1, broken: true },
			{ line: 2, fields: ['2', 'b'] },
			{ line: 3, fields: ['3', 'c, and\nmore'] },
			{ line: 5, fields: ['4', 'd'] },
		]);
	});

	it('gives up a single line with a stray quote', async () => {
		expect(await read('1,5" pipes\n2,"a"b\n3,c\n')).toEqual([
			{ line: 1, broken: true },
			{ line: 2, broken: true },
			{ line: 3, fields: ['3', 'c'] },
		]);
	});

	it('keeps the line numbers when a forgotten quote stands before a long file', async () => {
		const lines = Array.from({ length: 2000 }, (_, index) => `${index + 1},x`);
		lines[4] = '5,"forgotten';
		const records = await read(lines.join('\n'));
		expect(records).toHaveLength(2000);
		expect(records.filter((record) => 'broken' in record)).toEqual([{ line: 5, broken: true }]);
		expect(records.at(-1)).toEqual({ line: 2000, fields: ['2000', 'x'] });
	});
});
