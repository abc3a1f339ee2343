import { describe, expect, it } from 'vitest';

import { readSeatLink, seatLink } from './seat-link.ts';

describe('the link of a slip', () => {
	it('holds the workshop and the code where no server reads them', () => {
		const link = new URL(seatLink('https://board.example.lu', '20240606', 'ABCDEFGH'));
		expect(link.pathname + link.search).toBe('/s');
		expect(readSeatLink(link.hash)).toEqual({ workshopCode: '20240606', code: 'ABCDEFGH' });
	});

	it('is read with the case that somebody typed', () => {
		expect(readSeatLink('#20240606-abcdefgh')?.code).toBe('ABCDEFGH');
	});

	it('is nothing else', () => {
		for (const hash of ['', '#', '#ABCDEFGH', '#20240606', '#20240606-ABC', '#20240606-ABCDEFG0', '#%E0-x']) {
			expect(readSeatLink(hash)).toBeNull();
		}
	});
});
