import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Toasts } from './toasts.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const texts = (toasts: Toasts) => toasts.list.map((toast) => toast.text);

describe('toasts', () => {
	test('go by themselves, later where something can be undone', () => {
		const toasts = new Toasts();
		toasts.show({ text: 'Sent' });
		toasts.show({ text: 'Withdrawn', undo: () => undefined });
		vi.advanceTimersByTime(6_000);
		expect(texts(toasts)).toEqual(['Withdrawn']);
		vi.advanceTimersByTime(6_000);
		expect(texts(toasts)).toEqual([]);
	});

	test('wait while somebody is at them', () => {
		const toasts = new Toasts();
		toasts.show({ text: 'Sent' });
		const toast = toasts.list[0];
		if (toast === undefined) throw new Error('No toast is shown');
		toasts.pause(toast.id);
		vi.advanceTimersByTime(60_000);
		expect(texts(toasts)).toEqual(['Sent']);
		toasts.resume(toast);
		vi.advanceTimersByTime(6_000);
		expect(texts(toasts)).toEqual([]);
	});

	test('undo once', () => {
		const toasts = new Toasts();
		const undo = vi.fn();
		toasts.show({ text: 'Withdrawn', undo });
		const toast = toasts.list[0];
		if (toast === undefined) throw new Error('No toast is shown');
		toasts.undo(toast);
		expect(undo).toHaveBeenCalledOnce();
		expect(texts(toasts)).toEqual([]);
	});

	test('never pile up: the oldest makes room', () => {
		const toasts = new Toasts();
		for (const text of ['a', 'b', 'c', 'd', 'e']) toasts.show({ text });
		expect(texts(toasts)).toEqual(['c', 'd', 'e']);
	});
});
