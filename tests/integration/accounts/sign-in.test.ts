import { afterAll, beforeAll, expect, test } from 'vitest';

import type { OwnAccount } from '#lib/protocol/accounts.ts';
import { createOneTimeLink } from '#server/accounts/one-time-link-service.ts';
import { BrowserClient } from '#tests/helpers/browser-client.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';

let app: RunningApp;
let now = new Date('2026-06-06T18:00:00Z');
const clock = { now: () => now };
const password = 'four quiet garden chairs';

beforeAll(async () => {
	app = await runApp({ clock });
});
afterAll(() => app[Symbol.asyncDispose]());

async function newLink(): Promise<string> {
	const link = await createOneTimeLink(app.database.sql, clock, app.origin);
	return new URL(link).hash.slice(1);
}

async function signedUp(email: string): Promise<BrowserClient> {
	const browser = new BrowserClient(app.origin);
	const account = { name: 'Claire', email, password };
	await browser.json('POST', '/one-time-links/redeem', { secret: await newLink(), account });
	return browser;
}

test('on a fresh machine the link signs in with one click, and again as the same person', async () => {
	const browser = new BrowserClient(app.origin);
	expect(await browser.json('GET', '/setup')).toEqual({ hasAccounts: false });
	await browser.json('POST', '/one-time-links/redeem', { secret: await newLink() });
	const first = await browser.json<OwnAccount>('GET', '/account');
	expect(first).toMatchObject({ email: null, hasPassword: false });
	expect(await browser.json('GET', '/setup')).toEqual({ hasAccounts: true });

	const other = new BrowserClient(app.origin);
	await other.json('POST', '/one-time-links/redeem', { secret: await newLink() });
	expect((await other.json<OwnAccount>('GET', '/account')).id).toBe(first.id);
});

test('the link makes its account a lead of programmes that have none', async () => {
	const { sql } = app.database;
	await sql`insert into programme (slug, name) values ('orphan', ${sql.json({ de: 'Verwaist' })})`;
	const browser = new BrowserClient(app.origin);
	await browser.json('POST', '/one-time-links/redeem', { secret: await newLink() });
	const { programmes } = await browser.json<OwnAccount>('GET', '/account');
	expect(programmes).toContainEqual(expect.objectContaining({ slug: 'orphan', role: 'lead' }));
});

test('a link works once, and only for a quarter of an hour', async () => {
	const browser = new BrowserClient(app.origin);
	const secret = await newLink();
	await browser.json('POST', '/one-time-links/redeem', { secret });
	const refused = { status: 400, code: 'signIn.linkInvalid' };
	expect(await browser.refusal('POST', '/one-time-links/redeem', { secret })).toEqual(refused);
	expect(await browser.refusal('POST', '/one-time-links/redeem', { secret: 'made-up' })).toEqual(refused);

	const late = await newLink();
	now = new Date(now.getTime() + 15 * 60_000);
	expect(await browser.refusal('POST', '/one-time-links/redeem', { secret: late })).toEqual(refused);
});

test('two who press at once get one session', async () => {
	const secret = await newLink();
	const answers = await Promise.all(
		[1, 2, 3].map(() => new BrowserClient(app.origin).request('POST', '/one-time-links/redeem', { secret })),
	);
	expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400]);
});

test('a link whose e-mail is taken stays good', async () => {
	await signedUp('taken@example.org');
	const secret = await newLink();
	const browser = new BrowserClient(app.origin);
	const account = { name: 'Again', email: 'Taken@Example.org', password };
	expect(await browser.refusal('POST', '/one-time-links/redeem', { secret, account })).toEqual({
		status: 409,
		code: 'account.emailTaken',
	});
	await browser.json('POST', '/one-time-links/redeem', { secret });
});

test('e-mail and password sign in, in any case of the letters', async () => {
	await signedUp('anna@example.org');
	const browser = new BrowserClient(app.origin);
	await browser.json('POST', '/sign-in', { email: ' Anna@example.ORG ', password });
	expect(await browser.json('GET', '/account')).toMatchObject({ email: 'anna@example.org', hasPassword: true });
	const [cookie = ''] = [...browser.cookies.values()];
	expect(cookie).toMatch(/^[a-z2-7]{40}$/);
});

test('a wrong password, an unknown e-mail and an account without a password are refused alike', async () => {
	await signedUp('bert@example.org');
	await app.database.sql`insert into account (name, email) values ('No password', 'none@example.org')`;
	const browser = new BrowserClient(app.origin);
	const refused = { status: 401, code: 'signIn.failed' };
	for (const email of ['bert@example.org', 'nobody@example.org', 'none@example.org', '', 'x'.repeat(900)]) {
		expect(await browser.refusal('POST', '/sign-in', { email, password: 'wrong' })).toEqual(refused);
	}
});

test('the time to refuse does not tell whether an account exists', async () => {
	await signedUp('timed@example.org');
	const browser = new BrowserClient(app.origin);
	async function medianMs(email: string): Promise<number> {
		const times: number[] = [];
		for (let round = 0; round < 7; round += 1) {
			const start = performance.now();
			await browser.request('POST', '/sign-in', { email, password: 'wrong' });
			times.push(performance.now() - start);
		}
		return times.sort((a, b) => a - b)[3] ?? 0;
	}
	const [known, unknown] = [await medianMs('timed@example.org'), await medianMs('stranger@example.org')];
	// Hashing takes 20 ms and more; answering without it takes 2.
	expect(unknown).toBeGreaterThan(known / 3);
	expect(unknown).toBeLessThan(known * 3);
});

test('ten wrong passwords are enough for a quarter of an hour, for that e-mail only', async () => {
	await signedUp('guessed@example.org');
	const browser = new BrowserClient(app.origin);
	const guesses = await Promise.all(
		Array.from({ length: 14 }, () =>
			browser.refusal('POST', '/sign-in', { email: 'guessed@example.org', password: 'no' }),
		),
	);
	expect(guesses.filter(({ code }) => code === 'signIn.failed')).toHaveLength(10);
	expect(guesses.filter(({ code }) => code === 'request.tooMany')).toHaveLength(4);
	const right = await browser.request('POST', '/sign-in', { email: 'guessed@example.org', password });
	expect(right.status).toBe(429);
	expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
	await signedUp('other@example.org');
	await browser.json('POST', '/sign-in', { email: 'other@example.org', password });
});

test('a weak password and what is no e-mail are refused with their own codes', async () => {
	const browser = new BrowserClient(app.origin);
	const redeem = async (change: object) =>
		browser.refusal('POST', '/one-time-links/redeem', {
			secret: 'any',
			account: { name: 'Eva', email: 'eva@example.org', password, ...change },
		});
	expect(await redeem({ password: 'short' })).toEqual({ status: 400, code: 'account.passwordWeak' });
	expect(await redeem({ password: 'aaaaaaaaaaaaaaaa' })).toEqual({ status: 400, code: 'account.passwordWeak' });
	expect(await redeem({ email: 'eva' })).toEqual({ status: 400, code: 'account.emailInvalid' });
	expect(await redeem({ name: '  ' })).toEqual({ status: 400, code: 'text.empty' });
});

test('changing the password needs the old one, and signs out everywhere else', async () => {
	const browser = await signedUp('change@example.org');
	const elsewhere = new BrowserClient(app.origin);
	await elsewhere.json('POST', '/sign-in', { email: 'change@example.org', password });
	const before = browser.cookies.get('boost_account');

	const next = 'another four words here';
	expect(await browser.refusal('PUT', '/account/password', { password: next, currentPassword: 'wrong' })).toEqual({
		status: 401,
		code: 'signIn.failed',
	});
	await browser.json('PUT', '/account/password', { password: next, currentPassword: password });
	expect(browser.cookies.get('boost_account')).not.toBe(before);
	await browser.json('GET', '/account');
	expect(await elsewhere.refusal('GET', '/account')).toEqual({ status: 401, code: 'session.expired' });
	await elsewhere.json('POST', '/sign-in', { email: 'change@example.org', password: next });
});

test('who came by the link can set an e-mail and a password', async () => {
	const browser = new BrowserClient(app.origin);
	await browser.json('POST', '/one-time-links/redeem', { secret: await newLink() });
	await browser.json('PATCH', '/account', { name: 'Paul', email: 'paul@example.org', language: 'lb' });
	await browser.json('PUT', '/account/password', { password });
	const elsewhere = new BrowserClient(app.origin);
	await elsewhere.json('POST', '/sign-in', { email: 'paul@example.org', password });
	expect(await elsewhere.json('GET', '/account')).toMatchObject({ name: 'Paul', language: 'lb', hasPassword: true });
	expect(await elsewhere.refusal('PATCH', '/account', { email: 'stolen@example.org' })).toEqual({
		status: 401,
		code: 'signIn.failed',
	});
	expect(
		await elsewhere.refusal('PATCH', '/account', { email: 'anna@example.org', currentPassword: password }),
	).toEqual({ status: 409, code: 'account.emailTaken' });
});
