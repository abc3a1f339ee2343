import { expect, test } from 'vitest';

import { publicOrigin } from './addresses.ts';
import { greeting } from './greeting.ts';

const config = { host: '127.0.0.1', port: 3000, publicUrl: undefined };
const description = 'embedded Postgres in /srv/board/data';

test('links carry the public address that was set', () => {
	expect(publicOrigin({ ...config, publicUrl: 'https://board.example.org' })).toBe('https://board.example.org');
	expect(publicOrigin(config)).toBe('http://localhost:3000');
});

test('the terminal shows how to join, how to sign in, and where the data is', () => {
	const text = greeting({
		config,
		description,
		joinCode: '48210937',
		signInLink: 'http://localhost:3000/sign-in#abc',
	});
	expect(text).toContain('http://localhost:3000/j/48210937   (code 4821 0937)');
	expect(text).toContain('http://localhost:3000/sign-in#abc');
	expect(text).toContain(description);
	expect(text).toMatch(/[█▀▄]{10}/);
});

test('without a demo there is an address and its QR code, and nothing to join', () => {
	const text = greeting({ config, description });
	expect(text).toContain('http://localhost:3000');
	expect(text).not.toContain('Join');
});
