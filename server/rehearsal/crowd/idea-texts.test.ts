import { expect, it } from 'vitest';

import { ideaText } from '#lib/domain/idea.ts';

import { readIdeaTexts, textsInTurn } from './idea-texts.ts';

it('are real contributions, each once, and none longer than an idea may be', async () => {
	const texts = await readIdeaTexts();
	expect(texts.length).toBeGreaterThan(300);
	expect(new Set(texts).size).toBe(texts.length);
	expect(texts.every((text) => ideaText.parse(text) === text)).toBe(true);
});

it('come to everybody in an order of their own, the whole round before one comes again', () => {
	const texts = Array.from({ length: 20 }, (_, index) => String(index));
	const inTurn = (number: number) => {
		const turn = textsInTurn(texts, number);
		return Array.from(texts, () => turn.next().value);
	};
	expect(new Set(inTurn(3)).size).toBe(20);
	expect(inTurn(3)).not.toEqual(inTurn(4));
});
