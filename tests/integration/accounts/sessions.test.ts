import { createHash } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createSessions } from '#server/accounts/sessions.ts';
import { isRevoked, type Revocation } from '#server/identity.ts';
import { BrowserClient } from '#tests/helpers/browser-client.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop, type SeededWorkshop } from '#tests/helpers/seeded-workshop.ts';

let app: RunningApp;
let seeded: SeededWorkshop;

beforeAll(async () => {
	app = await runApp();
	seeded = await seedWorkshop(app.database.sql);
});
afterAll(() => app[Symbol.asyncDispose]());

const day = 24 * 60 * 60 * 1000;
const overHttp = { cookieHeader: undefined, secure: false };

function valueOf(setCookie: string): string {
	return setCookie.slice(setCookie.indexOf('=') + 1, setCookie.indexOf(';'));
}

async function signedIn(): Promise<{ browser: BrowserClient; id: string }> {
	const sessions = createSessions(app.database.sql);
	const id = valueOf(await sessions.begin('account', seeded.accountId, overHttp));
	const browser = new BrowserClient(app.origin);
	browser.cookies.set('boost_account', id);
	return { browser, id };
}

test('the database holds a hash of the id, never the id', async () => {
	const { id } = await signedIn();
	const hash = createHash('sha256').update(id).digest();
	const { sql } = app.database;
	const rows = await sql`select 1 from session where id_hash = ${hash}`;
	expect(rows).toHaveLength(1);
	const [dump] = await sql<[{ text: string }]>`select string_agg(session::text, ' ') as text from session`;
	expect(dump.text).not.toContain(id);
});

test('a hash that was stolen from the database is no cookie', async () => {
	const { id } = await signedIn();
	const hash = createHash('sha256').update(id).digest('hex');
	const thief = new BrowserClient(app.origin);
	for (const forged of [hash, hash.slice(0, 40), 'a'.repeat(40), '', "' or 1=1 --", '%E0%A4%A']) {
		thief.cookies.set('boost_account', forged);
		expect((await thief.refusal('GET', '/account')).status).toBe(401);
	}
});

test('a session of one kind is none of another', async () => {
	const { id } = await signedIn();
	const sessions = createSessions(app.database.sql);
	const identity = await sessions.identify(`boost_guest=${id}; boost_device=${id}`);
	expect(identity).toEqual({ account: null, guest: null, device: null });
});

test('the cookie of another program that cannot be decoded harms nobody', async () => {
	const { browser } = await signedIn();
	browser.cookies.set('other', '%E0%A4%A');
	await browser.json('GET', '/account');
});

test('a session that has run out is refused as expired, and its cookie is blanked', async () => {
	const { browser, id } = await signedIn();
	const hash = createHash('sha256').update(id).digest();
	await app.database.sql`update session set expires_at = now() - interval '1 second' where id_hash = ${hash}`;
	expect(await browser.refusal('GET', '/account')).toEqual({ status: 401, code: 'session.expired' });
	expect(browser.setCookies).toEqual([expect.stringMatching(/^boost_account=; .*Max-Age=0/)]);
	expect(await browser.refusal('GET', '/account')).toEqual({ status: 401, code: 'session.missing' });
});

test('a session is renewed in its second half, under the same id', async () => {
	const { browser, id } = await signedIn();
	const { sql } = app.database;
	const hash = createHash('sha256').update(id).digest();
	await browser.json('GET', '/account');
	expect(browser.setCookies).toEqual([]);
	await sql`update session set expires_at = now() + interval '14 days' where id_hash = ${hash}`;
	await browser.json('GET', '/account');
	expect(browser.setCookies.map(valueOf)).toEqual([id]);
	const [row] = await sql<[{ expiresAt: Date }]>`
		select expires_at as "expiresAt" from session where id_hash = ${hash}`;
	expect(row.expiresAt.getTime() - Date.now()).toBeGreaterThan(29 * day);
});

test('cookies are HttpOnly and Lax, and Secure exactly on https', async () => {
	const sessions = createSessions(app.database.sql);
	const plain = await sessions.begin('guest', await newGuest(), { cookieHeader: undefined, secure: false });
	const safe = await sessions.begin('guest', await newGuest(), { cookieHeader: undefined, secure: true });
	for (const cookie of [plain, safe]) expect(cookie).toMatch(/HttpOnly; .*Path=\/; SameSite=Lax/);
	expect(plain).not.toContain('Secure');
	expect(safe).toContain('Secure');
});

test('signing in never takes over an id that somebody planted', async () => {
	const sessions = createSessions(app.database.sql);
	const planted = 'b'.repeat(40);
	const cookie = await sessions.begin('account', seeded.accountId, {
		cookieHeader: `boost_account=${planted}`,
		secure: false,
	});
	expect(valueOf(cookie)).not.toBe(planted);
	expect((await sessions.identify(`boost_account=${planted}`)).account).toBeNull();
});

test('signing in again ends the session from before', async () => {
	const { id } = await signedIn();
	const sessions = createSessions(app.database.sql);
	await sessions.begin('account', seeded.accountId, { cookieHeader: `boost_account=${id}`, secure: false });
	expect((await sessions.identify(`boost_account=${id}`)).account).toBeNull();
});

test('signing out ends this session, and signing out everywhere all of them', async () => {
	const [one, two, three] = [await signedIn(), await signedIn(), await signedIn()];
	await one.browser.json('POST', '/sign-out');
	expect(one.browser.cookies.size).toBe(0);
	one.browser.cookies.set('boost_account', one.id);
	expect(await one.browser.refusal('GET', '/account')).toEqual({ status: 401, code: 'session.expired' });
	await two.browser.json('GET', '/account');

	await two.browser.json('POST', '/sign-out-everywhere');
	expect(await three.browser.refusal('GET', '/account')).toEqual({ status: 401, code: 'session.expired' });
});

test('live connections hear which sessions are gone', async () => {
	const sessions = createSessions(app.database.sql);
	const carrier = async () => {
		const cookie = await sessions.begin('account', seeded.accountId, overHttp);
		return { cookieHeader: `boost_account=${valueOf(cookie)}`, secure: false };
	};
	const [one, two] = [await carrier(), await carrier()];
	const [identityOne, identityTwo] = [
		await sessions.identify(one.cookieHeader),
		await sessions.identify(two.cookieHeader),
	];
	const silence: Revocation = { kind: 'account', ownerId: '', session: null };
	const heard: Revocation[] = [];
	const stop = sessions.onRevoked((revocation) => heard.push(revocation));

	await sessions.end('account', one);
	expect(heard).toHaveLength(1);
	const [first = silence] = heard;
	expect([isRevoked(identityOne, first), isRevoked(identityTwo, first)]).toEqual([true, false]);

	await sessions.endAll('account', seeded.accountId);
	const [, second = silence] = heard;
	expect([isRevoked(identityOne, second), isRevoked(identityTwo, second)]).toEqual([true, true]);
	stop();
	await sessions.endAll('account', seeded.accountId);
	expect(heard).toHaveLength(2);
});

test('a blocked account and a revoked device are out at once', async () => {
	const { sql } = app.database;
	const sessions = createSessions(sql);
	const [device] = await sql<[{ id: string }]>`
		insert into device (workshop_id, kind, name) values (${seeded.workshopId}, 'screen', 'Beamer') returning id`;
	const header = `boost_device=${valueOf(await sessions.begin('device', device.id, overHttp))}`;
	expect((await sessions.identify(header)).device).toMatchObject({ id: device.id, kind: 'screen' });
	await sql`update device set revoked_at = now() where id = ${device.id}`;
	expect((await sessions.identify(header)).device).toBeNull();

	const { browser } = await signedIn();
	await sql`update account set blocked_at = now() where id = ${seeded.accountId}`;
	expect((await browser.refusal('GET', '/account')).status).toBe(401);
	await sql`update account set blocked_at = null where id = ${seeded.accountId}`;
});

async function newGuest(): Promise<string> {
	const [row] = await app.database.sql<[{ id: string }]>`insert into guest default values returning id`;
	return row.id;
}
