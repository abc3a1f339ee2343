import { setTimeout as pause } from 'node:timers/promises';

import { memoryStorage } from '#lib/live/device-storage.ts';
import { TextConnection } from '#lib/live/text-connection.ts';

import type { Random } from './random.ts';

/** A word as its writer knows it: with the number of the edit that wrote it, and of the one that took it out again. */
type Word = { readonly written: number; readonly deleted: number | null };

export const scribedHeading = 'dream';

const paceMs = 30;
const longestRestMs = 300;
const mostWords = 150;

/** Somebody who writes words of their own into a sheet and takes some out again, and notes what they were told is saved. */
export class Scribe implements Disposable {
	readonly name: string;
	readonly text: TextConnection;
	readonly #random: Random;
	readonly #words = new Map<string, Word>();
	#edits = 0;
	#savedEdits = 0;
	/** How often a screen said that everything is saved. */
	timesSaved = 0;

	constructor(documents: string, sheet: { id: string; headings: readonly string[] }, name: string, random: Random) {
		this.name = name;
		this.#random = random;
		this.text = new TextConnection({
			address: documents,
			documentId: sheet.id,
			headings: sheet.headings,
			storage: memoryStorage(),
			changed: () => this.#look(),
		});
	}

	/** What the screen shows; `null` until the text is here. */
	get shown(): string | null {
		return this.text.instance?.document.getText(scribedHeading).toJSON() ?? null;
	}

	get isSaved(): boolean {
		return this.text.status === 'saved' && this.#savedEdits === this.#edits;
	}

	/** What isn't as it was promised in a stored text; empty if all is well. */
	faultsIn(stored: string): string[] {
		return [...this.#words].flatMap(([word, { written, deleted }]) => {
			const times = stored.split(word).length - 1;
			if (times > 1) return [`${word} stands there ${String(times)} times`];
			if (times === 0 && written <= this.#savedEdits && deleted === null) return [`${word} was saved and is gone`];
			if (times === 1 && deleted !== null && deleted <= this.#savedEdits) return [`${word} was deleted and is back`];
			return [];
		});
	}

	/** Writes a few words in a row and then rests until they are saved, but not for long: people write without a network, too. */
	async write(until: AbortSignal): Promise<void> {
		while (!until.aborted) {
			for (let word = this.#random.below(4); word >= 0; word -= 1) {
				if (this.shown !== null) this.#edit(this.shown);
				await pause(paceMs);
			}
			for (let rested = 0; rested < longestRestMs && !this.isSaved; rested += paceMs) await pause(paceMs);
		}
	}

	[Symbol.dispose](): void {
		this.text.close();
	}

	#look(): void {
		if (this.text.status !== 'saved') return;
		this.#savedEdits = this.#edits;
		this.timesSaved += 1;
	}

	#edit(shown: string): void {
		const text = this.text.instance?.document.getText(scribedHeading);
		if (text === undefined) return;
		const own = [...this.#words].filter(([, { deleted }]) => deleted === null).map(([word]) => word);
		this.#edits += 1;
		if (own.length > 5 && (own.length > mostWords || this.#random.next() < 0.35)) {
			const word = own[this.#random.below(own.length)] ?? '';
			this.#words.set(word, { written: this.#words.get(word)?.written ?? 0, deleted: this.#edits });
			text.delete(shown.indexOf(word), word.length);
			return;
		}
		const word = `[${this.name}${String(this.#edits)}]`;
		this.#words.set(word, { written: this.#edits, deleted: null });
		text.insert(this.#placeIn(shown), word);
	}

	/** Between two words of anybody, so that every word stays in one piece. */
	#placeIn(shown: string): number {
		const ends = [...shown.matchAll(/\]/g)].map((match) => match.index + 1);
		return ends[this.#random.below(ends.length + 1)] ?? shown.length;
	}
}
