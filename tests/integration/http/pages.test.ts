import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { expect, test } from 'vitest';
import * as z from 'zod';

import { apiOriginHeader, pagePassHeader } from '#lib/protocol/page-pass.ts';
import { createHttpApp } from '#server/http/http-app.ts';
import { createPagePasses } from '#server/http/page-pass.ts';
import { route } from '#server/http/route.ts';
import { nobody, type Authenticate } from '#server/identity.ts';
import { createLogger } from '#server/logger.ts';

type Echo = Record<string, string>;

/** A server whose pages answer with the headers they see, and whose API says who seems to call. */
async function runServer(
	options: { publicUrl?: string; trustedProxies?: number; authenticate?: Authenticate } = {},
): Promise<AsyncDisposable & { origin: string }> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const caller = z.object({ address: z.string(), secure: z.boolean(), baseUrl: z.string(), language: z.string() });
	const describe = { summary: 'Who calls', access: 'public', response: caller } as const;
	server.on(
		'request',
		createHttpApp({
			publicUrl: options.publicUrl,
			shareableOrigin: 'http://192.168.1.5:3000',
			trustedProxies: options.trustedProxies ?? 0,
			logger: createLogger('silent'),
			authenticate: options.authenticate ?? (() => Promise.resolve({ identity: nobody, stale: [], cookies: [] })),
			routes: [
				route({ ...describe, method: 'get', path: '/caller', handle: (input) => input }),
				route({ ...describe, method: 'post', path: '/caller', handle: (input) => input }),
			],
			endpoints: [],
			pages: {
				handle: (request, response) => void response.json(request.headers),
				close: () => Promise.resolve(),
			},
			passes: createPagePasses(),
			apiOrigin: () => origin,
			isReady: () => Promise.resolve(),
		}),
	);
	return {
		origin,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

const echo = async (address: string, headers: Echo = {}) => (await (await fetch(address, { headers })).json()) as Echo;

test('a page sees plain http in a hall, whatever the browser claims', async () => {
	await using server = await runServer();
	const seen = await echo(`${server.origin}/studio`, {
		'x-forwarded-proto': 'https',
		'x-forwarded-host': 'evil.example',
		[apiOriginHeader]: 'http://evil.example',
		[pagePassHeader]: 'made-up',
	});
	expect(seen['x-forwarded-proto']).toBe('http');
	expect(seen['x-forwarded-host']).toBe(new URL(server.origin).host);
	expect(seen[apiOriginHeader]).toBe(server.origin);
	expect(seen[pagePassHeader]).not.toBe('made-up');
});

test('behind a trusted proxy a page sees the outside address', async () => {
	await using server = await runServer({ trustedProxies: 1 });
	const seen = await echo(`${server.origin}/studio`, {
		'x-forwarded-proto': 'https',
		'x-forwarded-host': 'board.example.org',
	});
	expect([seen['x-forwarded-proto'], seen['x-forwarded-host']]).toEqual(['https', 'board.example.org']);
});

test('a call that a page makes counts as its reader’s', async () => {
	await using server = await runServer({ trustedProxies: 1 });
	const page = await echo(`${server.origin}/studio`, {
		'x-forwarded-for': '203.0.113.9',
		'x-forwarded-proto': 'https',
		'x-forwarded-host': 'board.example.org',
	});
	const pass = page[pagePassHeader] ?? '';
	const call = await echo(`${server.origin}/api/v1/caller`, { [pagePassHeader]: pass, 'accept-language': 'lb' });
	expect(call).toEqual({
		address: '203.0.113.9',
		secure: true,
		baseUrl: 'https://board.example.org',
		language: 'lb',
	});

	const write = async (origin: string) =>
		fetch(`${server.origin}/api/v1/caller`, {
			method: 'POST',
			headers: { [pagePassHeader]: pass, origin, cookie: 'lang=lb' },
		});
	expect((await write('https://board.example.org')).status).toBe(200);
	expect((await write('https://evil.example')).status).toBe(403);
});

test('a pass that somebody made or changed is worth nothing', async () => {
	await using server = await runServer();
	const page = await echo(`${server.origin}/studio`);
	const [content = '', signature = ''] = (page[pagePassHeader] ?? '').split('.');
	const changed = Buffer.from(Buffer.from(content, 'base64url').toString().replace('127.0.0.1', '10.0.0.1'));
	for (const forged of [`${changed.toString('base64url')}.${signature}`, `${content}.`, content, '.', '']) {
		const { address } = await echo(`${server.origin}/api/v1/caller`, { [pagePassHeader]: forged });
		expect(address).toBe('127.0.0.1');
	}
});

test('links made on the machine itself can be opened by others', async () => {
	await using server = await runServer();
	expect((await echo(`${server.origin}/api/v1/caller`)).baseUrl).toBe('http://192.168.1.5:3000');
	await using published = await runServer({ publicUrl: 'https://board.example.org' });
	expect((await echo(`${published.origin}/api/v1/caller`)).baseUrl).toBe('https://board.example.org');
});

test('a session is renewed with the page, not with its scripts and pictures', async () => {
	const asked: string[] = [];
	await using server = await runServer({
		authenticate: (cookieHeader) => {
			asked.push(cookieHeader ?? '');
			return Promise.resolve({ identity: nobody, stale: [], cookies: ['boost_guest=renewed; Path=/'] });
		},
	});
	const cookie = 'boost_guest=old';
	const cookiesOf = async (path: string, accept: string) =>
		(await fetch(`${server.origin}${path}`, { headers: { cookie, accept } })).headers.getSetCookie();
	expect(await cookiesOf('/j/12345678', 'text/html,*/*')).toEqual(['boost_guest=renewed; Path=/']);
	expect(await cookiesOf('/studio/__data.json', '*/*')).toEqual(['boost_guest=renewed; Path=/']);
	expect(await cookiesOf('/_app/immutable/start.js', '*/*')).toEqual([]);
	expect(asked).toEqual([cookie, cookie]);
});

test('a page is shown even when the session cannot be looked up', async () => {
	await using server = await runServer({ authenticate: () => Promise.reject(new Error('The database is gone')) });
	const response = await fetch(`${server.origin}/j/12345678`, {
		headers: { cookie: 'boost_guest=x', accept: 'text/html' },
	});
	expect(response.status).toBe(200);
});

test('what a page shows to somebody with a session is kept by nobody else', async () => {
	await using server = await runServer();
	const cachingOf = async (path: string, headers: Echo) =>
		(await fetch(`${server.origin}${path}`, { headers })).headers.get('cache-control');
	const page = { accept: 'text/html' };
	expect(await cachingOf('/e/region-west', page)).toBeNull();
	expect(await cachingOf('/e/region-west', { ...page, cookie: 'boost_guest=x' })).toBe('private, no-cache');
	expect(await cachingOf('/studio/workshops', { ...page, cookie: 'boost_account=x' })).toBe('no-store');
	expect(await cachingOf('/_app/immutable/start.js', { cookie: 'boost_guest=x' })).toBeNull();
});
