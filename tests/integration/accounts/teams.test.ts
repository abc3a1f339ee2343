import { afterAll, beforeAll, expect, test } from 'vitest';

import type { MadeInvitation, OwnAccount, Team } from '#lib/protocol/accounts.ts';
import { BrowserClient } from '#tests/helpers/browser-client.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { signIn } from '#tests/helpers/signed-in.ts';
import { seedWorkshop, type SeededWorkshop } from '#tests/helpers/seeded-workshop.ts';

let app: RunningApp;
let seeded: SeededWorkshop;
let lead: BrowserClient;
let now = new Date();

const password = 'seven bicycles in the rain';
const newcomer = (email: string) => ({ name: 'Tom Neu', email, password });

beforeAll(async () => {
	app = await runApp({ clock: { now: () => now } });
	seeded = await seedWorkshop(app.database.sql);
	await app.database.sql`update programme_member set role = 'lead' where account_id = ${seeded.accountId}`;
	lead = await signIn(app, seeded.accountId);
});
afterAll(() => app[Symbol.asyncDispose]());

async function invite(role: 'lead' | 'facilitator' = 'facilitator'): Promise<{ id: string; secret: string }> {
	const made = await lead.json<MadeInvitation>('POST', `/programmes/${seeded.programmeId}/invitations`, {
		name: 'Tom from Mersch',
		role,
	});
	return { id: made.id, secret: new URL(made.url).hash.slice(1) };
}

const readTeam = () => lead.json<Team>('GET', `/programmes/${seeded.programmeId}/team`);

test('an invitation says what it is for, and makes an account in the team', async () => {
	const { secret } = await invite();
	const browser = new BrowserClient(app.origin);
	expect(await browser.json('POST', '/invitations/look', { secret })).toMatchObject({
		name: 'Tom from Mersch',
		role: 'facilitator',
		invitedBy: 'Claire Facilitator',
	});
	await browser.json('POST', '/invitations/redeem', { secret, account: newcomer('tom@example.org') });
	const { programmes } = await browser.json<OwnAccount>('GET', '/account');
	expect(programmes).toMatchObject([{ id: seeded.programmeId, role: 'facilitator' }]);
	expect((await readTeam()).members.map(({ email }) => email)).toContain('tom@example.org');
	await browser.json('GET', `/workshops/${seeded.workshopId}/pairings`);
});

test('the secret stands only in the fragment of the link', async () => {
	const made = await lead.json<MadeInvitation>('POST', `/programmes/${seeded.programmeId}/invitations`, { name: 'A' });
	const { pathname, search, hash } = new URL(made.url);
	expect([pathname, search]).toEqual(['/studio/invitation', '']);
	expect(hash).toHaveLength(44);
});

test('an invitation is good for one person and one week, and can be taken back', async () => {
	const refused = { status: 400, code: 'signIn.linkInvalid' };
	const browser = new BrowserClient(app.origin);
	const used = await invite();
	await new BrowserClient(app.origin).json('POST', '/invitations/redeem', {
		secret: used.secret,
		account: newcomer('one@example.org'),
	});
	expect(await browser.refusal('POST', '/invitations/redeem', used)).toMatchObject({ status: 400 });
	const again = { secret: used.secret, account: newcomer('two@example.org') };
	expect(await browser.refusal('POST', '/invitations/redeem', again)).toEqual(refused);

	const takenBack = await invite();
	await lead.json('DELETE', `/programmes/${seeded.programmeId}/invitations/${takenBack.id}`);
	expect(await browser.refusal('POST', '/invitations/look', { secret: takenBack.secret })).toEqual(refused);

	const late = await invite();
	const before = now;
	now = new Date(now.getTime() + 7 * 24 * 60 * 60 * 1000);
	expect(await browser.refusal('POST', '/invitations/look', { secret: late.secret })).toEqual(refused);
	now = before;
});

test('somebody who is signed in joins with the account they have', async () => {
	const other = await seedWorkshop(app.database.sql);
	const guest = await signIn(app, other.accountId);
	const { secret } = await invite('lead');
	const before = guest.cookies.get('boost_account');
	await guest.json('POST', '/invitations/redeem', { secret });
	expect(guest.cookies.get('boost_account')).not.toBe(before);
	const { programmes } = await guest.json<OwnAccount>('GET', '/account');
	expect(programmes).toHaveLength(2);
	await lead.json('DELETE', `/programmes/${seeded.programmeId}/team/${other.accountId}`);
});

test('without an account and without a new one, an invitation stays good', async () => {
	const { secret } = await invite();
	const browser = new BrowserClient(app.origin);
	expect(await browser.refusal('POST', '/invitations/redeem', { secret })).toEqual({
		status: 401,
		code: 'session.missing',
	});
	await browser.json('POST', '/invitations/look', { secret });
});

test('only a lead changes the team, and nobody outside it sees it', async () => {
	const { secret } = await invite();
	const facilitator = new BrowserClient(app.origin);
	await facilitator.json('POST', '/invitations/redeem', { secret, account: newcomer('facil@example.org') });
	const team = `/programmes/${seeded.programmeId}/team`;
	const denied = { status: 403, code: 'access.denied' };
	await facilitator.json('GET', team);
	expect(
		await facilitator.refusal('POST', `/programmes/${seeded.programmeId}/invitations`, { name: 'Friend' }),
	).toEqual(denied);
	expect(await facilitator.refusal('DELETE', `${team}/${seeded.accountId}`)).toEqual(denied);

	const stranger = await signIn(app, (await seedWorkshop(app.database.sql)).accountId);
	expect(await stranger.refusal('GET', team)).toEqual(denied);
	expect(await stranger.refusal('GET', `/workshops/${seeded.workshopId}/pairings`)).toEqual(denied);
	expect(await new BrowserClient(app.origin).refusal('GET', team)).toEqual({ status: 401, code: 'session.missing' });
});

test('whoever is taken out of the team is signed out and has lost the right', async () => {
	const { secret } = await invite();
	const browser = new BrowserClient(app.origin);
	await browser.json('POST', '/invitations/redeem', { secret, account: newcomer('gone@example.org') });
	const { id } = await browser.json<OwnAccount>('GET', '/account');
	await lead.json('DELETE', `/programmes/${seeded.programmeId}/team/${id}`);
	expect((await browser.refusal('GET', '/account')).code).toBe('session.expired');
	await browser.json('POST', '/sign-in', { email: 'gone@example.org', password });
	expect((await browser.refusal('GET', `/workshops/${seeded.workshopId}/pairings`)).code).toBe('access.denied');
});

test('a lead cannot sign out somebody of another team', async () => {
	const { accountId } = await seedWorkshop(app.database.sql);
	const stranger = await signIn(app, accountId);
	expect(await lead.refusal('DELETE', `/programmes/${seeded.programmeId}/team/${accountId}`)).toEqual({
		status: 403,
		code: 'access.denied',
	});
	await stranger.json('GET', '/account');
});

test('a team keeps a lead', async () => {
	const team = `/programmes/${seeded.programmeId}/team`;
	const refused = { status: 409, code: 'account.lastLead' };
	expect(await lead.refusal('DELETE', `${team}/${seeded.accountId}`)).toEqual(refused);
	expect(await lead.refusal('PUT', `${team}/${seeded.accountId}`, { role: 'facilitator' })).toEqual(refused);
	const [other] = (await readTeam()).members.filter(({ isYou }) => !isYou);
	await lead.json('PUT', `${team}/${other?.id ?? ''}`, { role: 'lead' });
	await lead.json('PUT', `${team}/${seeded.accountId}`, { role: 'facilitator' });
	await app.database.sql`
		update programme_member set role = 'lead' where account_id = ${seeded.accountId}`;
});
