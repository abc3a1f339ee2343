import { AppError } from '#lib/protocol/errors.ts';
import type { Database, Sql } from '#server/db/client.ts';
import type { CommitLane, GroupCommit } from '#server/db/group-commit.ts';
import type { Logger } from '#server/logger.ts';

import {
	beginOpening,
	deleteUpdatesBefore,
	insertUpdates,
	lockOpenings,
	selectUpdates,
} from './text-document-queries.ts';
import { TextRoom, type StoredText, type TextEntry } from './text-room.ts';

export type TextDocumentsOptions = {
	readonly database: Database;
	readonly commits: GroupCommit;
	readonly logger: Logger;
	/** A document was saved with this text under its headings. */
	readonly textSaved?: ((documentId: string, texts: Readonly<Record<string, string>>) => void) | undefined;
};

/** Another process has opened the document since; what it wrote must not be overwritten. */
class OpeningLost extends Error {
	override readonly name = 'OpeningLost';
}

/** The text documents that somebody has open. */
export class TextDocuments {
	readonly #options: TextDocumentsOptions;
	readonly #rooms = new Map<string, Promise<TextRoom>>();

	constructor(options: TextDocumentsOptions) {
		this.#options = options;
	}

	/** The room of a document, read from Postgres if need be. @throws AppError `document.unknown` */
	async open(documentId: string): Promise<TextRoom> {
		const existing = this.#rooms.get(documentId);
		if (existing !== undefined) return existing;
		const opening = this.#read(documentId).then((stored) =>
			this.#build(stored, () => this.#forget(documentId, opening)),
		);
		this.#rooms.set(documentId, opening);
		opening.catch(() => this.#forget(documentId, opening));
		return opening;
	}

	/** Sends a document's people away; they are asked for their right again when they come back. */
	async close(documentId: string): Promise<void> {
		const room = await this.#rooms.get(documentId)?.catch(() => null);
		room?.end('tryAgain');
	}

	/** Saves what is under way, for at most `patienceMs`, then ends all rooms. */
	async stop(patienceMs: number): Promise<void> {
		await this.#options.commits.settled(patienceMs);
		const rooms = await Promise.allSettled(this.#rooms.values());
		for (const room of rooms) if (room.status === 'fulfilled') room.value.end('restart');
	}

	#forget(documentId: string, opening: Promise<TextRoom>): void {
		if (this.#rooms.get(documentId) === opening) this.#rooms.delete(documentId);
	}

	#build(stored: StoredText, onEnd: () => void): TextRoom {
		const { documentId } = stored;
		return new TextRoom(stored, {
			lane: textLane,
			requestCommit: (room) => this.#options.commits.request(room),
			takeBacklog: (bytes) => this.#options.commits.takeBacklog(bytes),
			releaseBacklog: (bytes) => this.#options.commits.releaseBacklog(bytes),
			onEnd,
			onSaved: (texts) => this.#options.textSaved?.(documentId, texts),
			onFault: (error) => this.#options.logger.error({ err: error, documentId }, 'a text document was read anew'),
		});
	}

	async #read(documentId: string): Promise<StoredText> {
		return this.#options.database.begin(async (sql) => {
			const opening = await beginOpening(sql, documentId);
			if (opening === null) throw new AppError('document.unknown');
			const updates = await selectUpdates(sql, documentId);
			return { documentId, ...opening, updates: updates.map(({ bytes }) => bytes) };
		});
	}
}

/**
 * Writes the texts of one commit. Gives the same rows when run again, so an attempt whose outcome is unknown can be repeated.
 * Whoever was overtaken by another opening gets {@link OpeningLost}: a late writer can't touch what a newer one has read.
 */
const textLane: CommitLane<TextEntry> = { write: writeEntries };

async function writeEntries(sql: Sql, entries: readonly TextEntry[]): Promise<void> {
	const openings = await lockOpenings(
		sql,
		entries.map(({ row }) => row.documentId),
	);
	for (const { row } of entries) {
		if (openings.get(row.documentId) !== row.opening)
			throw new OpeningLost(`opening ${row.opening} of document ${row.documentId} has ended`);
	}
	await insertUpdates(
		sql,
		entries.map(({ row }) => row),
	);
	for (const { row, compacts } of entries) if (compacts) await deleteUpdatesBefore(sql, row);
}
