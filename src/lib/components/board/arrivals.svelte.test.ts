import { describe, expect, it } from 'vitest';

import { ideaId } from '#lib/domain/ids.ts';
import { randomId } from '#lib/live/random-id.ts';

import { Arrivals } from './arrivals.svelte.ts';

function note() {
	return { id: ideaId.parse(randomId()) };
}

function list() {
	const state = { items: [note(), note()], own: new Set<string>(), now: 0 };
	const arrivals = new Arrivals(
		() => state.items,
		(id) => state.own.has(id),
		() => state.now,
	);
	return { state, arrivals };
}

describe('new notes', () => {
	it('come in at once while nobody touches the list', () => {
		const { state, arrivals } = list();
		state.items = [note(), ...state.items];
		expect(arrivals.shown).toHaveLength(3);
	});

	it('wait while somebody reads, and come in after a rest', () => {
		const { state, arrivals } = list();
		arrivals.touch();
		state.items = [note(), ...state.items];
		expect([arrivals.shown.length, arrivals.waiting]).toEqual([2, 1]);
		state.now = 2_000;
		arrivals.settle();
		expect(arrivals.waiting).toBe(1);
		state.now = 3_000;
		arrivals.settle();
		expect([arrivals.shown.length, arrivals.waiting]).toEqual([3, 0]);
	});

	it('come in when they are asked for', () => {
		const { state, arrivals } = list();
		arrivals.touch();
		state.items = [note(), ...state.items];
		arrivals.admit();
		expect(arrivals.waiting).toBe(0);
	});

	it('never wait when they are one’s own', () => {
		const { state, arrivals } = list();
		arrivals.touch();
		const own = note();
		state.own.add(own.id);
		state.items = [own, ...state.items];
		expect(arrivals.waiting).toBe(0);
	});

	it('leave the list when they leave the board, touched or not', () => {
		const { state, arrivals } = list();
		arrivals.touch();
		state.items = state.items.slice(1);
		expect([arrivals.shown.length, arrivals.waiting]).toEqual([1, 0]);
	});
});
