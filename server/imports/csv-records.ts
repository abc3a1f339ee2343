import { CsvError, parse } from 'csv-parse/sync';

/**
 * Reads a CSV file (RFC 4180) record by record, each with the line it starts on, and goes on after broken ones.
 *
 * One stray quote would make a parser swallow the rest of the file. So lines are first gathered into records by counting
 * quotes, the parser then reads them, and when one doesn't close or doesn't parse, its first line alone is given up and
 * reading starts again at the line after it.
 */
export type CsvRecord =
	{ readonly line: number; readonly fields: readonly string[] } | { readonly line: number; readonly broken: true };

/** A quoted text may hold this many line breaks; whoever forgets the closing quote loses one line, not the file. */
const maxLinesPerRecord = 200;
const recordsPerParse = 500;

type Line = { number: number; text: string };

/** @param chunks the file's text, cut anywhere; a byte order mark and empty lines are skipped, lines count from 1 */
export async function* readCsvRecords(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
	const gatherer = new RecordGatherer();
	let batch: Line[][] = [];
	for await (const line of readLines(chunks)) {
		batch.push(...gatherer.add(line));
		if (batch.length < recordsPerParse) continue;
		yield* parseBatch(batch);
		batch = [];
	}
	yield* parseBatch([...batch, ...gatherer.end()]);
}

async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<Line> {
	let number = 0;
	let rest = '';
	for await (const chunk of chunks) {
		const texts = (rest + chunk).split('\n');
		rest = texts.pop() ?? '';
		for (const text of texts) yield { number: (number += 1), text: withoutMarks(text, number) };
	}
	if (rest !== '') yield { number: number + 1, text: withoutMarks(rest, number + 1) };
}

function withoutMarks(text: string, lineNumber: number): string {
	const line = text.endsWith('\r') ? text.slice(0, -1) : text;
	return lineNumber === 1 && line.startsWith('\uFEFF') ? line.slice(1) : line;
}

/** Gathers lines into records: one is complete when its quotes are even in number. */
class RecordGatherer {
	#open: Line[] = [];
	#inQuotes = false;

	/** The records that this line completes; a single line may still be broken, several lines together parse. */
	add(line: Line): Line[][] {
		this.#open.push(line);
		if (countQuotes(line.text) % 2 === 1) this.#inQuotes = !this.#inQuotes;
		if (this.#inQuotes) return this.#open.length > maxLinesPerRecord ? this.#giveUpFirst() : [];
		if (this.#open.length > 1 && tryParse([this.#open]) === undefined) return this.#giveUpFirst();
		return this.#take().filter((record) => record.some(({ text }) => text !== ''));
	}

	/** What is left when the file ends. */
	end(): Line[][] {
		const records: Line[][] = [];
		while (this.#open.length > 0) records.push(...this.#giveUpFirst());
		return records;
	}

	#take(): [Line[]] {
		const record = this.#open;
		this.#open = [];
		this.#inQuotes = false;
		return [record];
	}

	/** Lets the first line be a (broken) record of its own, and gathers the lines after it anew. */
	#giveUpFirst(): Line[][] {
		const [[first, ...others]] = this.#take();
		return [...(first ? [[first]] : []), ...others.flatMap((line) => this.add(line))];
	}
}

function* parseBatch(batch: readonly Line[][]): Generator<CsvRecord> {
	const records = tryParse(batch);
	if (records) yield* records;
	else for (const lines of batch) yield* tryParse([lines]) ?? [{ line: lines[0]?.number ?? 0, broken: true }];
}

/** Nothing if any of the records is broken. */
function tryParse(batch: readonly Line[][]): CsvRecord[] | undefined {
	const text = batch.map((lines) => lines.map((line) => line.text).join('\n')).join('\n');
	try {
		const rows: string[][] = parse(text, { relax_column_count: true });
		return rows.map((fields, index) => ({ line: batch[index]?.[0]?.number ?? 0, fields }));
	} catch (error) {
		if (error instanceof CsvError) return undefined;
		throw error;
	}
}

function countQuotes(line: string): number {
	let count = 0;
	for (let index = line.indexOf('"'); index !== -1; index = line.indexOf('"', index + 1)) count += 1;
	return count;
}
