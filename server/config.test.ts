import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

import { readConfig, settingsTable } from './config.ts';
import { StartRefusal } from './start-refusal.ts';

function refusal(environment: Record<string, string>): readonly string[] {
	try {
		readConfig(environment);
	} catch (error) {
		if (error instanceof StartRefusal) return error.sentences;
		throw error;
	}
	return [];
}

test('without any setting the board listens for the whole room and brings its own Postgres', () => {
	expect(readConfig({})).toEqual({
		host: '0.0.0.0',
		port: 3000,
		publicUrl: undefined,
		dataDir: path.resolve('data'),
		databaseUrl: undefined,
		databaseConnections: 10,
		trustedProxies: 0,
		logLevel: 'warn',
		loadDemo: true,
	});
});

test('an empty setting is one that is not set', () => {
	expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: undefined });
});

test('each wrong setting is named in a sentence of its own', () => {
	expect(refusal({ PORT: 'web', LOG_LEVEL: 'loud', PUBLIC_URL: 'board.example.org', LOAD_DEMO: 'maybe' })).toEqual([
		'PORT must be a whole number from 1 to 65535, but it is "web".',
		'PUBLIC_URL must be an address like https://board.example.org, without a path, but it is "board.example.org".',
		'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, but it is "loud".',
		'LOAD_DEMO must be yes or no, but it is "maybe".',
	]);
});

test.each(['0', '65536', '3000.5', '-1'])('%s is not a port', (port) => {
	expect(refusal({ PORT: port })).toHaveLength(1);
});

test.each(['https://board.example.org/app', 'ftp://board.example.org', 'https://me@board.example.org'])(
	'%s is not a public address',
	(url) => expect(refusal({ PUBLIC_URL: url })).toHaveLength(1),
);

test('the public address loses the slash at its end', () => {
	expect(readConfig({ PUBLIC_URL: 'http://192.168.1.20:3000/' }).publicUrl).toBe('http://192.168.1.20:3000');
});

test("a wrong database's address is refused without showing its password", () => {
	const sentences = refusal({ DATABASE_URL: 'mysql://board:secret@localhost/board' });
	expect(sentences).toEqual([
		'DATABASE_URL must look like postgres://user:password@host:5432/database, but it is "…".',
	]);
});

test('the README shows every setting as it is', async () => {
	const readme = await readFile(path.resolve('README.md'), 'utf8');
	expect(readme).toContain(settingsTable());
});
