import { describe, expect, it } from 'vitest';

import { isLocalOnly, joinLink, spacedCode } from './join-link.ts';

describe('the way in', () => {
	it('leads to the workshop, or to one of its tables', () => {
		expect(joinLink('http://10.0.0.5:3000', '20240606')).toBe('http://10.0.0.5:3000/j/20240606');
		expect(joinLink('https://board.example', '20240606', 'abc')).toBe('https://board.example/j/20240606?table=abc');
	});

	it('is written so that it can be read aloud', () => {
		expect(spacedCode('20240606')).toBe('2024 0606');
	});

	it('knows addresses that no phone can reach', () => {
		expect(isLocalOnly('http://localhost:3000')).toBe(true);
		expect(isLocalOnly('http://[::1]:3000')).toBe(true);
		expect(isLocalOnly('http://192.168.1.20:3000')).toBe(false);
	});
});
