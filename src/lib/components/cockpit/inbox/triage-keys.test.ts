import { describe, expect, it } from 'vitest';

import { triageKey } from './triage-keys.ts';

const still = { inTask: false, undoes: true };

function press(key: string, changes: Partial<KeyboardEvent> = {}) {
	return { key, ctrlKey: false, metaKey: false, altKey: false, target: null, ...changes };
}

describe('a key in the inbox', () => {
	it.each([
		['j', 'next'],
		['ArrowDown', 'next'],
		['K', 'previous'],
		['P', 'publish'],
		['g', 'group'],
		['m', 'merge'],
		['h', 'hide'],
		['c', 'claim'],
		['u', 'giveBack'],
		['z', 'undo'],
	])('%s means %s', (key, meaning) => {
		expect(triageKey(press(key), still)).toBe(meaning);
	});

	it('is nobody’s otherwise, or with a modifier', () => {
		expect(triageKey(press('x'), still)).toBeNull();
		expect(triageKey(press('p', { ctrlKey: true }), still)).toBeNull();
		expect(triageKey(press('z', { metaKey: true }), still)).toBeNull();
	});

	it('leaves taking back to the cockpit where nothing was decided here', () => {
		expect(triageKey(press('z'), { inTask: false, undoes: false })).toBeNull();
	});

	it('does nothing beside the fields of an open form, but for the way out', () => {
		expect(triageKey(press('p'), { inTask: true, undoes: true })).toBe('nothing');
		expect(triageKey(press('n'), { inTask: true, undoes: true })).toBe('nothing');
		expect(triageKey(press('Enter'), { inTask: true, undoes: true })).toBeNull();
		expect(triageKey(press(' '), { inTask: true, undoes: true })).toBeNull();
		expect(triageKey(press('Escape'), { inTask: true, undoes: true })).toBe('leave');
	});
});
