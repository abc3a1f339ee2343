import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sheetSlides } from './sheet-slides.ts';

describe('the slides of a sheet', () => {
	it('stand in the order of its page, without what is empty or left out', () => {
		const sheet = { firstSteps: 'Anfangen.', dream: 'Ein Dorf.', proposal: '  ', challenge: 'Wie?' };
		expect(sheetSlides(sheet, ['challenge'])).toEqual([
			{ heading: 'dream', text: 'Ein Dorf.' },
			{ heading: 'firstSteps', text: 'Anfangen.' },
		]);
		expect(sheetSlides({})).toEqual([]);
	});

	it('end between sentences where a text is too long for one', () => {
		const sentence = `${'Wir planen einen Platz für alle '.repeat(6).trim()}.`;
		const slides = sheetSlides({ dream: `${sentence} ${sentence} ${sentence}` });
		expect(slides.map(({ text }) => text)).toEqual([sentence, sentence, sentence]);
	});

	it('hold every word, and never too many', () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[\p{L}.!?;]{1,40}$/u), { maxLength: 200 }), (words) => {
				const slides = sheetSlides({ proposal: words.join(' ') });
				expect(slides.map(({ text }) => text).join(' ')).toBe(words.join(' '));
				for (const { text } of slides) expect(text.length).toBeLessThanOrEqual(300);
			}),
		);
	});
});
