import { expect, test } from 'vitest';

import { provenanceOf } from './origin.ts';

const publicUrl = 'https://board.example.org';
const of = (origin: string | undefined, host: string) =>
	provenanceOf({ host, ...(origin === undefined ? {} : { origin }) }, publicUrl);

test.each([
	['http://192.168.1.5:3000', '192.168.1.5:3000'],
	['http://localhost:3000', 'LocalHost:3000'],
	['http://hall.local', 'hall.local'],
	['http://hall.local', 'hall.local:80'],
	['https://hall.local', 'hall.local:443'],
	['http://[::1]:3000', '[::1]:3000'],
	['https://board.example.org', '127.0.0.1:3000'],
])('a page at %s is ours when it reaches us as %s', (origin, host) => {
	expect(of(origin, host)).toBe('own');
});

test.each([
	['https://evil.example', '192.168.1.5:3000'],
	['null', '192.168.1.5:3000'],
	['', ''],
	['http://192.168.1.5:4000', '192.168.1.5:3000'],
	['http://192.168.1.5', '192.168.1.5:3000'],
	['http://board.example.org', 'hall.local'],
	['https://board.example.org.evil.example', 'board.example.org'],
	['https://board.example.org/', 'hall.local'],
	['chrome-extension://abcdef', 'abcdef'],
	['http://hall.local', 'user@hall.local:x'],
])('a page at %s is not ours when it reaches us as %s', (origin, host) => {
	expect(of(origin, host)).toBe('foreign');
});

test('a program names no origin; a browser that hides it says at least that it comes from elsewhere', () => {
	expect(of(undefined, 'hall.local')).toBe('unknown');
	expect(provenanceOf({ host: 'hall.local', 'sec-fetch-site': 'cross-site' }, publicUrl)).toBe('foreign');
});
