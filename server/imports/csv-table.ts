import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

import type * as z from 'zod';

import { AppError } from '#lib/protocol/errors.ts';

import { readCsvRecords, type CsvRecord } from './csv-records.ts';
import type { RefusalReason } from './import-report.ts';

/** A row that fits its schema, or why it doesn't. */
export type TableRow<Row> =
	| { readonly line: number; readonly row: Row }
	| { readonly line: number; readonly reason: RefusalReason; readonly column?: string };

const reasonsOfCodes: Readonly<Record<string, RefusalReason>> = {
	'text.empty': 'textEmpty',
	'text.tooLong': 'textTooLong',
	'text.malformed': 'textMalformed',
};

/**
 * The path of a file in a folder, under the first of the given names that is there, plain or as `.gz`.
 * @throws AppError `import.fileMissing`
 */
export async function findFile(folder: string, names: readonly [string, ...string[]]): Promise<string> {
	for (const name of names.flatMap((plain) => [plain, `${plain}.gz`])) {
		const file = path.join(folder, name);
		const found = await stat(file).catch(() => null);
		if (found?.isFile()) return file;
	}
	throw new AppError('import.fileMissing', { file: names[0], folder });
}

/**
 * Reads the rows of a CSV file with a header, one after the other.
 * @throws AppError `import.columnMissing` if the header lacks a column, `import.fileUnreadable` if the file can't be read
 */
export async function* readTable<Row>(
	file: string,
	columns: readonly string[],
	schema: z.ZodType<Row>,
): AsyncGenerator<TableRow<Row>> {
	const records = readRecords(file);
	const first = await records.next();
	const header = !first.done && 'fields' in first.value ? first.value.fields.map((name) => name.trim()) : [];
	const missing = columns.filter((name) => !header.includes(name));
	if (missing.length > 0) {
		throw new AppError('import.columnMissing', { file: path.basename(file), columns: missing.join(', ') });
	}
	for await (const record of records) yield toRow(record, header, schema);
}

/** The records of a CSV file, plain or gzipped. @throws AppError `import.fileUnreadable` */
export async function* readRecords(file: string): AsyncGenerator<CsvRecord> {
	try {
		yield* readCsvRecords(readText(file));
	} catch (error) {
		if (!isSystemError(error)) throw error;
		throw new AppError('import.fileUnreadable', { file: path.basename(file) }, { cause: error });
	}
}

function readText(file: string): AsyncIterable<string> {
	const source = createReadStream(file);
	// An error of the source destroys the unpacking stream with it, and so reaches whoever reads.
	const stream = file.endsWith('.gz') ? pipeline(source, createGunzip(), () => undefined) : source;
	return stream.setEncoding('utf8');
}

/** Errors of the file system and of zlib carry a code. */
function isSystemError(error: unknown): boolean {
	return error instanceof Error && !(error instanceof AppError) && 'code' in error && 'errno' in error;
}

function toRow<Row>(record: CsvRecord, header: readonly string[], schema: z.ZodType<Row>): TableRow<Row> {
	const { line } = record;
	if ('broken' in record) return { line, reason: 'quotesBroken' };
	if (record.fields.length !== header.length) return { line, reason: 'columnCount' };
	const parsed = schema.safeParse(Object.fromEntries(header.map((name, index) => [name, record.fields[index]])));
	if (parsed.success) return { line, row: parsed.data };
	const issue = parsed.error.issues[0];
	const column = issue?.path.map(String).join('.') ?? '';
	return { line, reason: reasonOf(issue), ...(column && { column }) };
}

function reasonOf(issue: z.core.$ZodIssue | undefined): RefusalReason {
	if (issue?.code === 'too_big') return 'textTooLong';
	return reasonsOfCodes[issue?.message ?? ''] ?? 'valueInvalid';
}
