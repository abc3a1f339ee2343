import type { IdeaId } from '#lib/domain/ids.ts';

import type { WallEntry, WallHeading, WallNote } from './wall-items.ts';

/** What a hidden card shows before its first words: every line that a card of its kind may have. */
export const rulerHeading: WallHeading = { kind: 'heading', key: '', title: ' ', table: ' ', notes: 0 };
export const rulerNote: WallNote = {
	kind: 'note',
	key: '' as IdeaId,
	text: ' ',
	table: ' ',
	colour: 'sun',
	language: null,
	shown: true,
};

/** Says how high notes and headings will be, by filling a hidden card of their kind with their words. Remembers what it measured. */
export class WallRuler {
	readonly #heights = new Map<string, number>();

	/** For another width or other fonts. */
	forget(): void {
		this.#heights.clear();
	}

	/**
	 * @param cards holds one hidden card of each kind, as wide as a column, found by `data-kind`
	 * @returns CSS pixels
	 */
	heightOf(entry: WallEntry, cards: HTMLElement): number {
		const words = `${entry.kind}\n${wordsOf(entry)}\n${entry.table}`;
		const known = this.#heights.get(words);
		if (known !== undefined) return known;
		const height = measure(entry, cards);
		this.#heights.set(words, height);
		return height;
	}
}

function wordsOf(entry: WallEntry): string {
	return entry.kind === 'heading' ? entry.title : entry.text;
}

function measure(entry: WallEntry, cards: HTMLElement): number {
	const card = cards.querySelector<HTMLElement>(`[data-kind='${entry.kind}']`);
	const [text, table] = card?.querySelectorAll<HTMLElement>('p') ?? [];
	if (card === null || text === undefined || table === undefined) return 0;
	const words = text.querySelector<HTMLElement>('.words') ?? text;
	words.textContent = wordsOf(entry);
	words.lang = (entry.kind === 'note' ? entry.language : null) ?? '';
	table.textContent = entry.table;
	table.hidden = entry.table === '';
	const height = card.offsetHeight;
	// What is taken off the wall stays nowhere on the page.
	words.textContent = '';
	table.textContent = '';
	return height;
}
