import type { DocumentId } from '#lib/domain/ids.ts';

export type SheetText = Readonly<Record<string, string>>;

export type SheetBookOptions = {
	/** The saved text under each heading, by document. */
	readonly read: (documentIds: readonly DocumentId[]) => Promise<ReadonlyMap<string, SheetText>>;
	/** What is known of these sheets has changed. */
	readonly changed: (documentId: DocumentId) => void;
	readonly fault: (error: unknown) => void;
};

const unknown: SheetText = {};

/**
 * What stands in the tables' project sheets, as far as views tell of it: how many headings have words, and the words of the table
 * that pitches. Sheets are documents of their own; this follows what of them is saved.
 */
export class SheetBook {
	readonly #options: SheetBookOptions;
	readonly #texts = new Map<DocumentId, SheetText>();

	constructor(options: SheetBookOptions) {
		this.#options = options;
	}

	/** Reads the sheets that nobody has changed since the start. Never rejects: without them a view says less. */
	async learn(documentIds: readonly DocumentId[]): Promise<void> {
		try {
			const unread = documentIds.filter((documentId) => !this.#texts.has(documentId));
			if (unread.length === 0) return;
			const texts = await this.#options.read(unread);
			for (const documentId of unread) {
				const text = texts.get(documentId);
				// What was saved meanwhile is newer.
				if (text !== undefined && !this.#texts.has(documentId)) this.saved(documentId, text);
			}
		} catch (error) {
			this.#options.fault(error);
		}
	}

	/** A sheet was saved with this text. */
	saved(documentId: DocumentId, text: SheetText): void {
		this.#texts.set(documentId, text);
		this.#options.changed(documentId);
	}

	textOf(documentId: DocumentId): SheetText {
		return this.#texts.get(documentId) ?? unknown;
	}

	progressOf(documentId: DocumentId): { readonly filled: number; readonly headings: number } {
		const texts = Object.values(this.textOf(documentId));
		return { filled: texts.filter((text) => text.trim() !== '').length, headings: texts.length };
	}
}
