import { describe, expect, it } from 'vitest';

import { meaningOf } from './shortcuts.ts';

function press(key: string, changes: Partial<Parameters<typeof meaningOf>[0]> = {}) {
	return meaningOf({
		key,
		ctrlKey: false,
		metaKey: false,
		altKey: false,
		shiftKey: false,
		repeat: false,
		defaultPrevented: false,
		...changes,
	});
}

describe('a key in the cockpit', () => {
	it('means the same in capitals and small letters', () => {
		expect(press('n')).toEqual({ shortcut: 'next' });
		expect(press('N')).toEqual({ shortcut: 'next' });
		expect(press('Escape')).toEqual({ shortcut: 'overview' });
		expect(press('?')).toEqual({ shortcut: 'help' });
	});

	it('opens a table by its number', () => {
		expect(press('7')).toEqual({ table: 7 });
		expect(press('0')).toBeNull();
	});

	it('takes the last command back as everywhere', () => {
		expect(press('z', { ctrlKey: true })).toEqual({ shortcut: 'undo' });
		expect(press('z', { metaKey: true })).toEqual({ shortcut: 'undo' });
		expect(press('Z', { ctrlKey: true, shiftKey: true })).toBeNull();
		expect(press('z')).toBeNull();
	});

	it('leaves the browser its own keys', () => {
		expect(press('t', { ctrlKey: true })).toBeNull();
		expect(press('n', { metaKey: true })).toBeNull();
		expect(press('p', { altKey: true })).toBeNull();
	});

	it('does nothing twice when a key is held, or when it was used already', () => {
		expect(press('n', { repeat: true })).toBeNull();
		expect(press('n', { defaultPrevented: true })).toBeNull();
	});
});
