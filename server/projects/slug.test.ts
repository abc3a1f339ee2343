import { expect, test } from 'vitest';

import { slugOf } from './slug.ts';

const id = '3f0f1a52-5f1c-4a39-9a5e-0c5d2f9c4c11';

test('a title is written in plain letters', () => {
	expect(slugOf('E Café fir d’Leit — mat Äppel & Biren!', id)).toMatch(
		/^e-cafe-fir-d-leit-mat-appel-biren-[a-z0-9]{5}$/,
	);
	expect(slugOf('Straße der Ideen', id)).toMatch(/^strasse-der-ideen-/);
});

test('projects of the same title have addresses of their own, which stay', () => {
	expect(slugOf('Café', id)).toBe(slugOf('Café', id));
	expect(slugOf('Café', id)).not.toBe(slugOf('Café', '0b7f3c1e-71c6-4d3e-8f65-8d1c0a6f0a02'));
});

test('a title without any plain letter still has an address', () => {
	expect(slugOf('咖啡馆 ❤', id)).toMatch(/^[a-z0-9]{5}$/);
});

test('a long title is cut between no dashes', () => {
	const slug = slugOf('ab '.repeat(60), id);
	expect(slug.length).toBeLessThanOrEqual(66);
	expect(slug).not.toContain('--');
});
