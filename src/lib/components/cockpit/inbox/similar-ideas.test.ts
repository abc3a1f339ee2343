import { describe, expect, it } from 'vitest';

import { mergeCandidates, stems } from './similar-ideas.ts';

const published = [
	{ id: 'bench', text: 'Eine Bank vor der Schule' },
	{ id: 'repair', text: 'Ein Repair-Café im alten Spritzenhaus' },
	{ id: 'garden', text: 'Ein Garten für die Kinder und die Großeltern' },
	{ id: 'gardens', text: 'Gärten, in denen Kinder etwas pflanzen' },
	{ id: 'bus', text: 'Ein Bus am Abend' },
];

describe('the stems of a text', () => {
	it('know no accents, capitals and endings', () => {
		expect([...stems('Éischten Gärten, GARTENS!')]).toEqual(['eisch', 'garte']);
	});

	it('leave out what is too short to say anything', () => {
		expect([...stems('Am 1. Mai e Bal')]).toEqual(['mai', 'bal']);
	});
});

describe('ideas to merge another one into', () => {
	it('come with the most alike first, and the rest in their order', () => {
		const about = { id: 'new', text: 'Garten mit Kindern pflanzen' };
		const found = mergeCandidates(about, published);
		expect(found.map(({ idea }) => idea.id)).toEqual(['gardens', 'garden', 'bench', 'repair', 'bus']);
		expect(found[2]?.likeness).toBe(0);
	});

	it('are alike by rare words rather than by those that everybody uses', () => {
		const many = [
			...Array.from({ length: 8 }, (_, number) => ({
				id: `filler${number}`,
				text: `Eine Idee für die Gemeinde ${number}`,
			})),
			{ id: 'rare', text: 'Wo ist der Brunnen?' },
		];
		const found = mergeCandidates({ id: 'new', text: 'Eine Idee für den Brunnen' }, many);
		expect(found[0]?.idea.id).toBe('rare');
	});

	it('are one with an idea in the same words, and never the idea itself', () => {
		const about = { id: 'bench', text: 'eine bank vor der SCHULE' };
		expect(mergeCandidates(about, published).some(({ idea }) => idea.id === 'bench')).toBe(false);
		const [first] = mergeCandidates({ ...about, id: 'new' }, published);
		expect(first?.idea.id).toBe('bench');
		expect(first?.likeness).toBeCloseTo(1);
	});

	it('can be sought by any part of their words, in any order and without accents', () => {
		const found = mergeCandidates({ id: 'new', text: 'Nichts davon' }, published, 'kinder gart');
		expect(found.map(({ idea }) => idea.id)).toEqual(['garden', 'gardens']);
		expect(mergeCandidates({ id: 'new', text: 'Nichts davon' }, published, 'cafe')).toHaveLength(1);
		expect(mergeCandidates({ id: 'new', text: 'Nichts davon' }, published, 'tram')).toEqual([]);
	});

	it('without a word in common are all offered, in their order', () => {
		const found = mergeCandidates({ id: 'new', text: '??' }, published);
		expect(found.map(({ idea }) => idea.id)).toEqual(published.map(({ id }) => id));
	});
});
