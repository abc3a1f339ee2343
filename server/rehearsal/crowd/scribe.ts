import { sheetHeadings } from '#lib/domain/sheet.ts';

import type { ServerAddress } from './address.ts';
import { oneOf, type Random } from './seeded-random.ts';
import { SheetLine } from './sheet-line.ts';

export type ScribeOptions = {
	readonly server: ServerAddress;
	readonly random: Random;
	/** Whether they write the sheet of their table, or look on while somebody else does. */
	readonly writes: boolean;
	/** A sentence was typed to its end and is saved. */
	readonly saved: () => void;
};

/** Somebody types five characters a second, unevenly. */
const keystrokeMs = 200;
const graphemes = new Intl.Segmenter('de', { granularity: 'grapheme' });

/** A person at the project sheet of their table: opens it, types sentences into it one character after the other, puts it away. */
export class Scribe {
	readonly #options: ScribeOptions;
	#line: SheetLine | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: ScribeOptions) {
		this.#options = options;
	}

	/** Opens the sheet, or goes on with a sentence if it is open already. */
	work(documentId: string, cookie: string, sentence: string): void {
		if (this.#line === undefined) {
			const line = new SheetLine(this.#options.server, {
				...{ cookie, documentId, keeps: this.#options.writes },
				closed: () => {
					if (this.#line === line) this.putAway();
				},
			});
			this.#line = line;
		} else if (this.#line.isWritable && this.#timer === undefined) {
			const heading = oneOf(this.#options.random, sheetHeadings) ?? 'proposal';
			this.#type(this.#line, heading, keystrokesOf(`${sentence} `));
		}
	}

	putAway(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#line?.close();
		this.#line = undefined;
	}

	#type(line: SheetLine, heading: string, characters: readonly string[]): void {
		const [next, ...rest] = characters;
		this.#timer = undefined;
		if (next === undefined) {
			line.whenSaved(this.#options.saved);
			return;
		}
		line.append(heading, next);
		const pauseMs = keystrokeMs * (0.5 + this.#options.random());
		this.#timer = setTimeout(() => this.#type(line, heading, rest), pauseMs);
	}
}

function keystrokesOf(sentence: string): string[] {
	return Array.from(graphemes.segment(sentence), ({ segment }) => segment);
}
