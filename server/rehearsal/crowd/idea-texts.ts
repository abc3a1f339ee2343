import { readFile } from 'node:fs/promises';

import { parse } from 'csv-parse/sync';
import * as z from 'zod';

import { ideaText } from '#lib/domain/idea.ts';

const file = new URL('../../demo/data/klimarat-production/comments.csv', import.meta.url);
const comments = z.array(z.object({ 'comment-body': z.string() }));

/**
 * What people really wrote: contributions to the Austrian Klimarat (see server/demo/data/README.md), those that are no longer than an
 * idea may be, each once.
 */
export async function readIdeaTexts(): Promise<readonly string[]> {
	const rows = comments.parse(parse(await readFile(file, 'utf8'), { columns: true }));
	const texts = rows.flatMap((row) => {
		const text = ideaText.safeParse(row['comment-body']);
		return text.success ? [text.data] : [];
	});
	return [...new Set(texts)];
}

/**
 * The texts in an order of somebody's own, so that nobody writes the same twice before having written all.
 * @param number whose order
 */
export function* textsInTurn(texts: readonly string[], number: number): Generator<string, never> {
	let turn = number * 7;
	for (;;) {
		yield texts[turn % texts.length] ?? '';
		turn += 1;
	}
}
