import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import * as z from 'zod';

/**
 * The file of a backup: gzip over a line that says what it is and a sequence of frames. A frame is one letter, four bytes
 * of length (big-endian) and that many bytes:
 *
 * - `M` the manifest (JSON), first and once;
 * - `T` a table begins: its place in the manifest's list (JSON);
 * - `D` rows of that table, a piece of what `COPY … (FORMAT binary)` gave, cut anywhere;
 * - `E` the end: the SHA-256 of everything before this frame. A file without it was cut off.
 */
export const manifestSchema = z.object({
	createdAt: z.iso.datetime(),
	migrations: z.array(z.object({ version: z.int(), name: z.string(), hash: z.string() })),
	tables: z.array(
		z.object({
			name: z.string(),
			columns: z.array(z.string()),
			primaryKey: z.array(z.string()),
			rows: z.int(),
		}),
	),
	sequences: z.array(z.object({ name: z.string(), lastValue: z.int(), isCalled: z.boolean() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

export type TableData = { index: number; data: AsyncIterable<Uint8Array> };

/** A file that isn't a backup, or not a whole one. */
export class BrokenBackup extends Error {
	override readonly name = 'BrokenBackup';
}

const firstLine = Buffer.from('Boost Board backup 1\n');
const headerLength = 5;
const longestFrame = 64 * 1024 * 1024;

/** Writes the file beside its place and moves it there when it is whole and on disk. Only its owner may read it. */
export async function writeBackupFile(
	file: string,
	manifest: Manifest,
	tables: AsyncIterable<TableData>,
): Promise<void> {
	const unfinished = `${file}.${process.pid}.part`;
	try {
		const frames = Readable.from(backupFrames(manifest, tables), { objectMode: false });
		await pipeline(frames, createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
		const handle = await open(unfinished, 'r');
		await handle.sync();
		await handle.close();
		await rename(unfinished, file);
	} catch (error) {
		await rm(unfinished, { force: true });
		throw error;
	}
}

async function* backupFrames(manifest: Manifest, tables: AsyncIterable<TableData>): AsyncGenerator<Uint8Array> {
	const hash = createHash('sha256');
	const hashed = (piece: Uint8Array) => {
		hash.update(piece);
		return piece;
	};
	yield hashed(firstLine);
	yield hashed(frame('M', Buffer.from(JSON.stringify(manifest))));
	for await (const { index, data } of tables) {
		yield hashed(frame('T', Buffer.from(JSON.stringify(index))));
		for await (const piece of data) yield hashed(frame('D', piece));
	}
	yield frame('E', hash.digest());
}

function frame(kind: string, payload: Uint8Array): Uint8Array {
	const header = Buffer.alloc(headerLength, kind);
	header.writeUInt32BE(payload.length, 1);
	return Buffer.concat([header, payload]);
}

/**
 * Reads a backup. The tables come one after another; each one's rows must be taken before the next is asked for, and the
 * last step fails if the file isn't what was written, so whoever applies it does so in a transaction.
 * @throws BrokenBackup, from here or from the tables
 */
export async function readBackupFile(
	file: string,
): Promise<{ manifest: Manifest; tables: AsyncGenerator<TableData>; close: () => void }> {
	const source = createReadStream(file);
	const unpacked = source.pipe(createGunzip());
	source.on('error', (error) => unpacked.destroy(error));
	const frames = readFrames(unpacked);
	const first = await frames.next();
	if (first.done || first.value.kind !== 'M') throw new BrokenBackup('it has no table of contents');
	const manifest = manifestSchema.parse(JSON.parse(first.value.payload.toString()));
	const close = () => {
		source.destroy();
		unpacked.destroy();
	};
	return { manifest, tables: readTables(frames), close };
}

type Frame = { kind: string; payload: Buffer };

async function* readTables(frames: AsyncGenerator<Frame>): AsyncGenerator<TableData> {
	let next = await frames.next();
	while (!next.done) {
		if (next.value.kind !== 'T') throw new BrokenBackup('its parts are out of order');
		const index = z.int().parse(JSON.parse(next.value.payload.toString()));
		yield {
			index,
			data: (async function* () {
				next = await frames.next();
				while (!next.done && next.value.kind === 'D') {
					yield next.value.payload;
					next = await frames.next();
				}
			})(),
		};
	}
}

/** The frames of a file but the last, which is checked. */
async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
	const hash = createHash('sha256');
	const bytes = new ByteReader(source);
	const line = await bytes.take(firstLine.length);
	if (!line.equals(firstLine)) throw new BrokenBackup('it is not a backup of Boost Board');
	hash.update(line);
	for (;;) {
		const header = await bytes.take(headerLength);
		const kind = header.toString('latin1', 0, 1);
		const length = header.readUInt32BE(1);
		if (length > longestFrame) throw new BrokenBackup('a part of it is too long');
		const payload = await bytes.take(length);
		if (kind === 'E') {
			if (!payload.equals(hash.digest())) throw new BrokenBackup('its check sum is wrong');
			return;
		}
		hash.update(header).update(payload);
		yield { kind, payload };
	}
}

/** Takes a stream apart by lengths. */
class ByteReader {
	readonly #source: AsyncIterator<Buffer>;
	#held: Buffer = Buffer.alloc(0);

	constructor(source: AsyncIterable<Buffer>) {
		this.#source = source[Symbol.asyncIterator]();
	}

	async take(length: number): Promise<Buffer> {
		const pieces = [this.#held];
		let held = this.#held.length;
		while (held < length) {
			const next = await this.#read();
			pieces.push(next);
			held += next.length;
		}
		const all = Buffer.concat(pieces);
		this.#held = all.subarray(length);
		return all.subarray(0, length);
	}

	async #read(): Promise<Buffer> {
		try {
			const next = await this.#source.next();
			if (!next.done) return next.value;
		} catch (error) {
			if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
				throw new BrokenBackup('it is damaged or cut off', { cause: error });
			}
			throw error;
		}
		throw new BrokenBackup('it is cut off');
	}
}
