import { describe, expect, it } from 'vitest';

import { charactersThatFit, fitsAtAll, promptSize, smallestPrompt } from './prompt-size.ts';

const short = 'Who are we?';
const long = 'How can we create places in our commune where old and young meet, learn and play together all year?';

describe('the size of a prompt', () => {
	it('is larger for fewer words, within bounds', () => {
		expect(promptSize([short], 93, 38)).toBe(6.4);
		expect(promptSize([long, long], 93, 22)).toBeLessThan(promptSize([long], 93, 22));
		expect(promptSize([long.repeat(9)], 93, 22)).toBe(smallestPrompt);
		expect(promptSize([], 93, 22)).toBe(6.4);
	});

	it('knows when two languages no longer fit beside each other', () => {
		expect(fitsAtAll([short, short], 70, 12)).toBe(true);
		expect(fitsAtAll([long, long], 70, 12)).toBe(false);
		expect(fitsAtAll([long], 70, 12)).toBe(true);
	});

	it('says how many characters fit, so that a text that was cut there does', () => {
		const most = charactersThatFit(70, 12);
		expect(fitsAtAll(['x'.repeat(most)], 70, 12)).toBe(true);
		expect(fitsAtAll(['x'.repeat(most * 2)], 70, 12)).toBe(false);
	});

	it('keeps a long word in one line, as long as that can be read', () => {
		expect(promptSize(['Gemeinschaftsverpflegung'], 60, 38) * 0.6 * 'Gemeinschaftsverpflegung'.length).toBeLessThan(61);
		expect(promptSize(['Gemeinschaftsverpflegungseinrichtung'], 40, 38)).toBe(smallestPrompt);
	});
});
