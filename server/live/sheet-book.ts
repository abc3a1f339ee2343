import type { DocumentId } from '#lib/domain/ids.ts';

export type SheetText = Readonly<Record<string, string>>;

export type SheetBookOptions = {
	/** The saved text under each heading. @throws if there is no such document */
	readonly read: (documentId: DocumentId) => Promise<SheetText>;
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

	/** Reads sheets that nobody has changed since the start, one after another: nobody waits for them. */
	async learn(documentIds: Iterable<DocumentId>): Promise<void> {
		for (const documentId of documentIds) {
			if (this.#texts.has(documentId)) continue;
			try {
				const text = await this.#options.read(documentId);
				if (!this.#texts.has(documentId)) this.saved(documentId, text);
			} catch (error) {
				this.#options.fault(error);
				return;
			}
		}
	}

	/** A sheet was saved with this text. */
	saved(documentId: DocumentId, text: SheetText): void {
		this.#texts.set(documentId, text);
		this.#options.changed(documentId);
	}

	forget(documentIds: Iterable<DocumentId>): void {
		for (const documentId of documentIds) this.#texts.delete(documentId);
	}

	textOf(documentId: DocumentId): SheetText {
		return this.#texts.get(documentId) ?? unknown;
	}

	progressOf(documentId: DocumentId): { readonly filled: number; readonly headings: number } {
		const texts = Object.values(this.textOf(documentId));
		return { filled: texts.filter((text) => text.trim() !== '').length, headings: texts.length };
	}
}
