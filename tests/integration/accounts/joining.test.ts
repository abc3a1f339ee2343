import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Joined, WorkshopAtTheDoor } from '#lib/protocol/join.ts';
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

const newBrowser = () => new BrowserClient(app.origin);
const door = (browser: BrowserClient, code = seeded.code) =>
	browser.json<WorkshopAtTheDoor>('GET', `/workshops/by-code/${code}`);

test('the door shows the workshop, its tables with free seats, and what happens with data', async () => {
	const seen = await door(newBrowser());
	expect(seen).toMatchObject({
		id: seeded.workshopId,
		title: { de: 'Ein Abend in Mamer' },
		phase: 'live',
		doorOpen: true,
		privacy: { personalDataUntil: '2099-12-31', attribution: null },
		you: null,
	});
	expect(seen.tables.map(({ name, free }) => [name, free])).toEqual([
		['Table 1', 12],
		['Table 2', 12],
	]);
});

test('a code may be typed with a gap in it', async () => {
	const spoken = `${seeded.code.slice(0, 4)} ${seeded.code.slice(4)}`;
	expect((await door(newBrowser(), encodeURIComponent(spoken))).code).toBe(seeded.code);
	await newBrowser().json('POST', '/join', { code: spoken });
});

test('joining takes two taps and no account, and gives a seat', async () => {
	const browser = newBrowser();
	const [table] = seeded.tables;
	const before = (await door(browser)).tables[0]?.free ?? 0;
	const joined = await browser.json<Joined>('POST', '/join', {
		code: seeded.code,
		nickname: 'Anna',
		language: 'lb',
		tableId: table.id,
	});
	expect(joined.workshopId).toBe(seeded.workshopId);
	const seen = await door(browser);
	expect(seen.you).toEqual({
		participantId: joined.participantId,
		nickname: 'Anna',
		tableId: table.id,
		blocked: false,
		atHome: false,
	});
	expect(seen.tables[0]?.free).toBe(before - 1);
});

test('the same browser is the same person again', async () => {
	const browser = newBrowser();
	const first = await browser.json<Joined>('POST', '/join', { code: seeded.code, nickname: 'Paul' });
	const cookie = browser.cookies.get('boost_guest');
	const second = await browser.json<Joined>('POST', '/join', { code: seeded.code });
	expect(second).toEqual(first);
	expect(browser.cookies.get('boost_guest')).toBe(cookie);
	expect((await door(browser)).you?.nickname).toBe('Paul');
});

test('somebody takes part from home, until they say that they came', async () => {
	const browser = newBrowser();
	await browser.json('POST', '/join', { code: seeded.code, atHome: true });
	expect((await door(browser)).you?.atHome).toBe(true);
	await browser.json('POST', '/join', { code: seeded.code });
	expect((await door(browser)).you?.atHome).toBe(true);
	await browser.json('POST', '/join', { code: seeded.code, atHome: false });
	expect((await door(browser)).you?.atHome).toBe(false);
});

test('the language is the one asked for, else the browser’s', async () => {
	const browser = newBrowser();
	await browser.request('POST', '/join', { code: seeded.code }, { 'accept-language': 'pt-BR,pt;q=0.9,en;q=0.5' });
	const { you } = await door(browser);
	const [row] = await app.database.sql<[{ language: string }]>`
		select language from participant where id = ${you?.participantId ?? ''}`;
	expect(row.language).toBe('pt');
});

test('wrong codes are refused, and leave neither a guest nor a cookie', async () => {
	const { sql } = app.database;
	const [before] = await sql<[{ count: number }]>`select count(*) from guest`;
	const browser = newBrowser();
	const unknown = { status: 404, code: 'join.codeUnknown' };
	expect(await browser.refusal('POST', '/join', { code: '00000000' })).toEqual(unknown);
	expect(await browser.refusal('POST', '/join', { code: '123' })).toEqual(unknown);
	expect(await browser.refusal('GET', '/workshops/by-code/00000000')).toEqual(unknown);
	expect(await browser.refusal('GET', '/workshops/by-code/abc')).toEqual(unknown);
	expect(browser.cookies.size).toBe(0);
	const [after] = await sql<[{ count: number }]>`select count(*) from guest`;
	expect(after.count).toBe(before.count);
});

test('a closed door and a full table say so; who was in comes back in', async () => {
	const { sql } = app.database;
	const other = await seedWorkshop(sql);
	const early = newBrowser();
	const first = await early.json<Joined>('POST', '/join', { code: other.code });
	await sql`update workshop_table set capacity = 1 where workshop_id = ${other.workshopId}`;
	await sql`update workshop set door_open = true where id = ${other.workshopId}`;

	const third = await seedWorkshop(sql);
	await sql`update workshop set door_open = false where id = ${third.workshopId}`;
	expect(await newBrowser().refusal('POST', '/join', { code: third.code })).toEqual({
		status: 403,
		code: 'join.doorClosed',
	});

	const fourth = await seedWorkshop(sql);
	await sql`update workshop_table set capacity = 1 where workshop_id = ${fourth.workshopId}`;
	const [table] = fourth.tables;
	await newBrowser().json('POST', '/join', { code: fourth.code, tableId: table.id });
	expect(await newBrowser().refusal('POST', '/join', { code: fourth.code, tableId: table.id })).toEqual({
		status: 409,
		code: 'table.full',
	});
	expect(await early.json('POST', '/join', { code: other.code })).toEqual(first);
});

test('a name that is too long or a language that nobody knows is refused', async () => {
	const join = (change: object) => newBrowser().refusal('POST', '/join', { code: seeded.code, ...change });
	expect(await join({ nickname: 'x'.repeat(41) })).toEqual({ status: 400, code: 'text.tooLong' });
	expect(await join({ language: 'tlh' })).toEqual({ status: 400, code: 'request.invalid' });
	expect(await join({ tableId: 'table' })).toEqual({ status: 400, code: 'request.invalid' });
	expect(await join({ admin: true })).toEqual({ status: 400, code: 'request.invalid' });
	expect(await join({ nickname: 'a\u0000b' })).toEqual({ status: 400, code: 'text.malformed' });
});

test('three hundred phones behind one address join within a minute', async () => {
	const { sql } = app.database;
	const hall = await seedWorkshop(sql);
	const start = performance.now();
	const people = await Promise.all(
		Array.from({ length: 300 }, async (_, number) => {
			const browser = newBrowser();
			await door(browser, hall.code);
			const joined = await browser.json<Joined>('POST', '/join', { code: hall.code, nickname: `Person ${number}` });
			await door(browser, hall.code);
			return joined.participantId;
		}),
	);
	expect(new Set(people).size).toBe(300);
	const [row] = await sql<[{ count: number }]>`
		select count(*) from participant where workshop_id = ${hall.workshopId}`;
	expect(row.count).toBe(300);
	expect(performance.now() - start).toBeLessThan(30_000);
});

test('a machine that tries codes is stopped', async () => {
	await using other = await runApp();
	const browser = new BrowserClient(other.origin);
	const tries = await Promise.all(
		Array.from({ length: 700 }, (_, number) =>
			browser.refusal('GET', `/workshops/by-code/${String(10_000_000 + number)}`),
		),
	);
	expect(tries.filter(({ code }) => code === 'request.tooMany').length).toBeGreaterThan(0);
	expect((await browser.refusal('GET', '/workshops/by-code/10000000')).code).toBe('request.tooMany');
});
