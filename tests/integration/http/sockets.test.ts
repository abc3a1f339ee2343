import { afterAll, beforeAll, expect, test } from 'vitest';

import { rawHttp } from '#tests/helpers/raw-http.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';

let app: RunningApp;

beforeAll(async () => {
	app = await runApp();
});
afterAll(() => app[Symbol.asyncDispose]());

function upgrade(path: string, headers: Record<string, string> = {}): string {
	const { host } = new URL(app.origin);
	const lines = Object.entries({
		Host: host,
		Connection: 'Upgrade',
		Upgrade: 'websocket',
		'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
		'Sec-WebSocket-Version': '13',
		...headers,
	}).map(([name, value]) => `${name}: ${value}`);
	return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

const anyAnswer = /\r\n\r\n/;
const socketIo = '/socket.io/?EIO=4&transport=websocket';

test('a socket that nobody here speaks is refused', async () => {
	for (const path of ['/', '/elsewhere', '/sync', '/socket.io', '/api/v1/setup', '//socket.io/']) {
		expect(await rawHttp(app.origin, upgrade(path))).toMatch(/^HTTP\/1\.1 404/);
	}
});

test('vite’s socket is refused outside development', async () => {
	expect(await rawHttp(app.origin, upgrade('/', { 'Sec-WebSocket-Protocol': 'vite-hmr' }))).toMatch(/^HTTP\/1\.1 404/);
});

test('a page of somebody else opens no socket, by upgrade or by polling', async () => {
	const foreign = { Origin: 'https://evil.example' };
	expect(await rawHttp(app.origin, upgrade(socketIo, foreign))).toMatch(/^HTTP\/1\.1 403/);
	expect(await rawHttp(app.origin, upgrade('/sync/some-board', foreign))).toMatch(/^HTTP\/1\.1 403/);
	const polling = await fetch(`${app.origin}/socket.io/?EIO=4&transport=polling`, { headers: foreign });
	expect(polling.status).toBe(403);
});

test('our own page opens one', async () => {
	const own = { Origin: app.origin };
	expect(await rawHttp(app.origin, upgrade(socketIo, own), anyAnswer)).toMatch(/^HTTP\/1\.1 101/);
	const polling = await fetch(`${app.origin}/socket.io/?EIO=4&transport=polling`, { headers: own });
	expect(polling.status).toBe(200);
});

test('what is not HTTP at all is answered and closed, and the server goes on', async () => {
	expect(await rawHttp(app.origin, '\u0016\u0003\u0001 hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
	expect(await rawHttp(app.origin, upgrade('/sync/x').replace('HTTP/1.1', 'HTTP/9.9'))).toMatch(/^HTTP\/1\.1 400/);
	expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
});

test('sockets that break off in the middle harm nobody', async () => {
	await Promise.all(Array.from({ length: 50 }, () => rawHttp(app.origin, upgrade(socketIo), /./)));
	expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
});
