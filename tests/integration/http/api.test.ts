import { afterAll, beforeAll, expect, test } from 'vitest';

import type { WorkshopAtTheDoor } from '#lib/protocol/join.ts';
import { BrowserClient } from '#tests/helpers/browser-client.ts';
import { rawHttp } from '#tests/helpers/raw-http.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop, type SeededWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

let app: RunningApp;
let seeded: SeededWorkshop;

beforeAll(async () => {
	app = await runApp({ publicUrl: 'https://board.example.org', trustedProxies: 0 });
	seeded = await seedWorkshop(app.database.sql);
});
afterAll(() => app[Symbol.asyncDispose]());

const newBrowser = () => new BrowserClient(app.origin);
const api = (path: string) => `${app.origin}/api/v1${path}`;

test('what is no route is refused in the same form as everything else', async () => {
	const unknown = { status: 404, code: 'page.unknown' };
	expect(await newBrowser().refusal('GET', '/nothing/here')).toEqual(unknown);
	expect(await newBrowser().refusal('POST', '/account', {})).toEqual(unknown);
	expect(await newBrowser().refusal('GET', '/workshops/not-an-id/pairings')).toMatchObject({ status: 401 });
	const facilitator = await signIn(app, seeded.accountId);
	expect(await facilitator.refusal('GET', '/workshops/not-an-id/pairings')).toEqual(unknown);
	expect(await facilitator.refusal('GET', '/workshops/%E0%A4%A/pairings')).toEqual(unknown);
	expect(await facilitator.refusal('GET', '/workshops/00000000-0000-4000-8000-000000000000/pairings')).toEqual({
		status: 404,
		code: 'workshop.unknown',
	});
});

test('a page of somebody else cannot write with our cookies', async () => {
	const facilitator = await signIn(app, seeded.accountId);
	const refused = { status: 403, code: 'request.origin' };
	for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', `${app.origin}.evil.example`, 'x']) {
		expect(await facilitator.refusal('POST', '/sign-out', undefined, { origin })).toEqual(refused);
	}
	await facilitator.json('GET', '/account');
});

test('our own address, the public one and a program without cookies may write', async () => {
	const facilitator = await signIn(app, seeded.accountId);
	const change = { language: 'fr' };
	await facilitator.json('PATCH', '/account', change);
	const viaProxy = await facilitator.request('PATCH', '/account', change, { origin: 'https://board.example.org' });
	expect(viaProxy.status).toBe(200);

	const body = JSON.stringify({ kind: 'screen' });
	const headers = { 'content-type': 'application/json' };
	expect((await fetch(api('/pairings'), { method: 'POST', headers, body })).status).toBe(201);
	const withCookie = await fetch(api('/sign-out'), { method: 'POST', headers: { cookie: facilitator.cookieHeader } });
	expect(withCookie.status).toBe(403);
});

test('bodies that are too large, no JSON, or of another type are refused', async () => {
	const browser = newBrowser();
	const headers = { 'content-type': 'application/json', origin: app.origin };
	const post = async (body: string, type = 'application/json') => {
		const response = await fetch(api('/sign-in'), {
			method: 'POST',
			headers: { ...headers, 'content-type': type },
			body,
		});
		return { status: response.status, ...((await response.json()) as object) };
	};
	expect(await post('x'.repeat(200_000))).toEqual({ status: 413, error: { code: 'request.tooLarge' } });
	expect(await post('{"email":')).toEqual({ status: 400, error: { code: 'request.invalid' } });
	expect(await post('null')).toMatchObject({ status: 400, error: { code: 'request.invalid' } });
	expect(await post('email=a&password=b', 'application/x-www-form-urlencoded')).toMatchObject({ status: 400 });
	expect(await post('{}', 'text/plain')).toMatchObject({ status: 400 });
	expect(await browser.refusal('POST', '/sign-in', { email: '\ud800', password: 'x' })).toEqual({
		status: 400,
		code: 'text.malformed',
	});
	const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
	expect(await post(deep)).toMatchObject({ status: 400 });
	expect(await post('{"__proto__":{"admin":true},"email":"a","password":"b"}')).toMatchObject({ status: 400 });
});

test('a refusal names the field, and nothing that was typed', async () => {
	const response = await newBrowser().request('POST', '/pairings', { kind: 'secret value' });
	expect(await response.json()).toEqual({ error: { code: 'request.invalid', params: { field: 'kind' } } });
});

test('the language is the one chosen here, else the account’s, else the browser’s', async () => {
	const facilitator = await signIn(app, seeded.accountId);
	await facilitator.json('PATCH', '/account', { language: 'pt' });
	const languageOf = async (browser: BrowserClient) => {
		await browser.request('POST', '/join', { code: seeded.code }, { 'accept-language': 'de-LU,de;q=0.9' });
		const { you } = await browser.json<WorkshopAtTheDoor>('GET', `/workshops/by-code/${seeded.code}`);
		const [row] = await app.database.sql<[{ language: string }]>`
			select language from participant where id = ${you?.participantId ?? ''}`;
		return row.language;
	};
	expect(await languageOf(newBrowser())).toBe('de');
	expect(await languageOf(facilitator)).toBe('pt');
	facilitator.cookies.set('lang', 'lb');
	expect(await languageOf(facilitator)).toBe('lb');
});

test('the API is described in OpenAPI 3.1, every route of it', async () => {
	const document = (await (await fetch(api('/openapi.json'))).json()) as {
		openapi: string;
		paths: Record<string, Record<string, { operationId: string; requestBody?: unknown }>>;
	};
	expect(document.openapi).toBe('3.1.0');
	expect(document.paths['/join']?.post?.requestBody).toMatchObject({
		content: { 'application/json': { schema: { type: 'object', required: ['code'] } } },
	});
	expect(document.paths['/workshops/{workshopId}/pairings']?.get).toMatchObject({
		security: [{ account: [] }],
		parameters: [{ name: 'workshopId', in: 'path', required: true }],
	});
	const ids = Object.values(document.paths).flatMap((path) =>
		Object.values(path).map(({ operationId }) => operationId),
	);
	expect(new Set(ids).size).toBe(ids.length);
});

test('answers are kept by no cache and load nothing', async () => {
	const response = await fetch(api('/setup'));
	expect(response.headers.get('cache-control')).toBe('no-store');
	expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
	expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	expect(response.headers.get('x-powered-by')).toBeNull();
});

test('plain http is not told to use https, https is', async () => {
	const plain = await rawHttp(
		app.origin,
		'GET /healthz HTTP/1.1\r\nHost: 192.168.1.5:3000\r\nConnection: close\r\n\r\n',
	);
	expect(plain).toMatch(/^HTTP\/1\.1 200/);
	expect(plain).not.toMatch(/strict-transport|upgrade-insecure|cross-origin-opener/i);
	const safe = await rawHttp(
		app.origin,
		'GET /healthz HTTP/1.1\r\nHost: board.example.org\r\nConnection: close\r\n\r\n',
	);
	expect(safe).toMatch(/strict-transport-security/i);
});

test('a database that is gone is told as such, and the process stays healthy', async () => {
	await using other = await runApp();
	const browser = new BrowserClient(other.origin);
	expect((await fetch(`${other.origin}/readyz`)).status).toBe(200);
	await other.database.sql.end({ timeout: 1 });
	expect(await browser.refusal('GET', '/setup')).toEqual({ status: 503, code: 'database.away' });
	expect((await fetch(`${other.origin}/readyz`)).status).toBe(503);
	expect((await fetch(`${other.origin}/healthz`)).status).toBe(200);
});

test('metrics are shown on the machine itself, not through a proxy', async () => {
	await newBrowser().request('GET', '/setup');
	const metrics = await (await fetch(`${app.origin}/metrics`)).text();
	expect(metrics).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/setup",status="200"\}/);
	const proxied = await fetch(`${app.origin}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1' } });
	expect(proxied.status).toBe(404);
});

test('a session that asks without end is slowed down, and others are not', async () => {
	const busy = await signIn(app, seeded.accountId);
	const answers = await Promise.all(Array.from({ length: 320 }, () => busy.request('GET', '/account')));
	expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20);
	const other = await signIn(app, seeded.accountId);
	expect((await other.request('GET', '/account')).status).toBe(200);
});

test('a caller cannot make up where it comes from', async () => {
	const { url } = await signInAsLead();
	expect(new URL(url).origin).toBe('https://board.example.org');

	async function signInAsLead(): Promise<{ url: string }> {
		await app.database.sql`update programme_member set role = 'lead' where account_id = ${seeded.accountId}`;
		const lead = await signIn(app, seeded.accountId);
		const forged = Buffer.from(JSON.stringify({ address: '1', baseUrl: 'https://evil.example', secure: true }));
		const response = await lead.request(
			'POST',
			`/programmes/${seeded.programmeId}/invitations`,
			{ name: 'Tom' },
			{ 'x-boost-page-pass': `${forged.toString('base64url')}.AAAA`, 'x-forwarded-host': 'evil.example' },
		);
		return (await response.json()) as { url: string };
	}
});
