import { afterAll, beforeAll, expect, test } from 'vitest';

import type { OwnDevice, PairingState, StartedPairing, WaitingPairings } from '#lib/protocol/pairing.ts';
import { BrowserClient } from '#tests/helpers/browser-client.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop, type SeededWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

let app: RunningApp;
let seeded: SeededWorkshop;
let facilitator: BrowserClient;
let now = new Date();

beforeAll(async () => {
	app = await runApp({ clock: { now: () => now } });
	seeded = await seedWorkshop(app.database.sql);
	facilitator = await signIn(app, seeded.accountId);
});
afterAll(() => app[Symbol.asyncDispose]());

const approvePath = () => `/workshops/${seeded.workshopId}/pairings/approve`;
const poll = (device: BrowserClient, { secret }: StartedPairing) =>
	device.json<PairingState>('POST', '/pairings/poll', { secret });

test('a projector shows a code, a facilitator approves it, and the projector is in', async () => {
	const projector = new BrowserClient(app.origin);
	const pairing = await projector.json<StartedPairing>('POST', '/pairings', {
		kind: 'screen',
		workshopCode: seeded.code,
	});
	expect(pairing.code).toMatch(/^[A-HJ-NP-Z2-9]{6}$/);
	expect((await poll(projector, pairing)).state).toBe('waiting');
	const { pairings } = await facilitator.json<WaitingPairings>('GET', `/workshops/${seeded.workshopId}/pairings`);
	expect(pairings.map(({ code }) => code)).toContain(pairing.code);

	const spoken = `${pairing.code.slice(0, 3)}-${pairing.code.slice(3)}`.toLowerCase();
	await facilitator.json('POST', approvePath(), { code: spoken, name: 'Beamer' });
	expect(projector.cookies.size).toBe(0);
	expect(await poll(projector, pairing)).toMatchObject({ state: 'approved', kind: 'screen' });
	expect(await projector.json<OwnDevice>('GET', '/device')).toMatchObject({
		kind: 'screen',
		workshopId: seeded.workshopId,
		workshopCode: seeded.code,
		tableId: null,
	});
});

test('a table’s tablet is given its table', async () => {
	const tablet = new BrowserClient(app.origin);
	const pairing = await tablet.json<StartedPairing>('POST', '/pairings', { kind: 'table' });
	expect(await facilitator.refusal('POST', approvePath(), { code: pairing.code })).toEqual({
		status: 404,
		code: 'table.unknown',
	});
	const elsewhere = await seedWorkshop(app.database.sql);
	const foreign = { code: pairing.code, tableId: elsewhere.tables[0].id };
	expect((await facilitator.refusal('POST', approvePath(), foreign)).code).toBe('table.unknown');

	const [table] = seeded.tables;
	await facilitator.json('POST', approvePath(), { code: pairing.code, tableId: table.id });
	await poll(tablet, pairing);
	expect(await tablet.json('GET', '/device')).toMatchObject({ kind: 'table', tableId: table.id });
	const [row] = await app.database.sql<[{ name: string }]>`
		select name from device where table_id = ${table.id}`;
	expect(row.name).toBe('Table 1');
});

test('the session is handed out once, to whoever holds the secret', async () => {
	const projector = new BrowserClient(app.origin);
	const pairing = await projector.json<StartedPairing>('POST', '/pairings', { kind: 'screen' });
	await facilitator.json('POST', approvePath(), { code: pairing.code });
	const answers = await Promise.all(
		[1, 2, 3].map(async () => {
			const browser = new BrowserClient(app.origin);
			await poll(browser, pairing);
			return browser.cookies.size;
		}),
	);
	expect(answers.sort()).toEqual([0, 0, 1]);
});

test('codes that are unknown, used or too old are refused', async () => {
	const projector = new BrowserClient(app.origin);
	const unknown = { status: 404, code: 'pairing.codeUnknown' };
	const expired = { status: 410, code: 'pairing.expired' };
	expect(await facilitator.refusal('POST', approvePath(), { code: 'ABCDEF' })).toEqual(unknown);
	expect(await facilitator.refusal('POST', approvePath(), { code: 'no' })).toEqual(unknown);
	expect(await projector.refusal('POST', '/pairings/poll', { secret: 'made-up' })).toEqual(unknown);
	expect((await projector.refusal('POST', '/pairings', { kind: 'screen', workshopCode: '00000000' })).code).toBe(
		'join.codeUnknown',
	);

	const used = await projector.json<StartedPairing>('POST', '/pairings', { kind: 'screen' });
	await facilitator.json('POST', approvePath(), { code: used.code });
	expect(await facilitator.refusal('POST', approvePath(), { code: used.code })).toEqual(expired);

	const old = await projector.json<StartedPairing>('POST', '/pairings', { kind: 'screen' });
	const before = now;
	now = new Date(now.getTime() + 5 * 60_000);
	expect(await facilitator.refusal('POST', approvePath(), { code: old.code })).toEqual(expired);
	expect(await projector.refusal('POST', '/pairings/poll', { secret: old.secret })).toEqual(expired);
	now = before;
});

test('two facilitators who approve at once make one device', async () => {
	const projector = new BrowserClient(app.origin);
	const pairing = await projector.json<StartedPairing>('POST', '/pairings', { kind: 'screen' });
	const name = `Twice ${pairing.code}`;
	const answers = await Promise.all(
		[1, 2, 3].map(() => facilitator.request('POST', approvePath(), { code: pairing.code, name })),
	);
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
	const [row] = await app.database.sql<[{ count: number }]>`
		select count(*) from device where name = ${name} and revoked_at is null`;
	expect(row.count).toBe(1);
});

test('only a facilitator of the workshop approves', async () => {
	const projector = new BrowserClient(app.origin);
	const pairing = await projector.json<StartedPairing>('POST', '/pairings', { kind: 'screen' });
	const stranger = await signIn(app, (await seedWorkshop(app.database.sql)).accountId);
	expect((await stranger.refusal('POST', approvePath(), { code: pairing.code })).code).toBe('access.denied');
	expect((await projector.refusal('POST', approvePath(), { code: pairing.code })).code).toBe('session.missing');
});

test('a device that is revoked, or forgets, is out', async () => {
	const projector = new BrowserClient(app.origin);
	const pairing = await projector.json<StartedPairing>('POST', '/pairings', { kind: 'screen' });
	await facilitator.json('POST', approvePath(), { code: pairing.code });
	await poll(projector, pairing);
	await projector.json('DELETE', '/device');
	expect((await projector.refusal('GET', '/device')).code).toBe('session.missing');
	expect(projector.cookies.size).toBe(0);
});
