import type { WallEntry } from './wall-items.ts';

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
		const words = entry.kind === 'heading' ? `# ${entry.title}` : `${entry.text}\n${entry.table}`;
		const known = this.#heights.get(words);
		if (known !== undefined) return known;
		const height = measure(entry, cards);
		this.#heights.set(words, height);
		return height;
	}
}

function measure(entry: WallEntry, cards: HTMLElement): number {
	const card = cards.querySelector<HTMLElement>(`[data-kind='${entry.kind}']`);
	const [text, table] = card?.querySelectorAll('p') ?? [];
	if (card === null || text === undefined) return 0;
	text.textContent = entry.kind === 'heading' ? entry.title : entry.text;
	text.lang = (entry.kind === 'note' ? entry.language : null) ?? '';
	if (table !== undefined && entry.kind === 'note') table.textContent = entry.table;
	return card.offsetHeight;
}
