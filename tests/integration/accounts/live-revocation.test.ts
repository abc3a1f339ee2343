import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { protocolVersion } from '#lib/protocol/live.ts';
import type { BrowserClient } from '#tests/helpers/browser-client.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop, type SeededWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

let app: RunningApp;
let seeded: SeededWorkshop;

beforeAll(async () => {
	app = await runApp();
	seeded = await seedWorkshop(app.database.sql);
});
afterAll(() => app[Symbol.asyncDispose]());

/** What comes with the next event of a name. */
function heard(socket: Socket, event: string): Promise<unknown> {
	return new Promise((resolve) => void socket.once(event, resolve));
}

const refusalOf = (socket: Socket) =>
	heard(socket, 'connect_error').then((error) => (error as { data?: { code: string } }).data?.code);

/** A cockpit that has its first view. */
async function openCockpit(browser: BrowserClient): Promise<Socket> {
	const socket = connect(browser);
	await heard(socket, 'snapshot');
	return socket;
}

function connect(browser: BrowserClient): Socket {
	return io(app.origin, {
		transports: ['websocket'],
		reconnection: false,
		auth: { version: protocolVersion, audience: 'facilitator', workshop: seeded.workshopId },
		extraHeaders: { cookie: browser.cookieHeader, origin: app.origin },
	});
}

test('signing out ends the cockpit of this browser, and leaves that of another', async () => {
	const [one, two] = [await signIn(app, seeded.accountId), await signIn(app, seeded.accountId)];
	const [cockpitOne, cockpitTwo] = [await openCockpit(one), await openCockpit(two)];
	const farewell = heard(cockpitOne, 'goodbye');
	await one.json('POST', '/sign-out');
	expect(await farewell).toEqual({ code: 'session.expired' });
	expect(cockpitTwo.connected).toBe(true);

	const everywhere = heard(cockpitTwo, 'goodbye');
	await two.json('POST', '/sign-out-everywhere');
	expect(await everywhere).toEqual({ code: 'session.expired' });
});

test('a cockpit does not open with the cookie of a session that has ended', async () => {
	const browser = await signIn(app, seeded.accountId);
	const { cookies } = browser;
	const kept = new Map(cookies);
	await browser.json('POST', '/sign-out');
	for (const [name, value] of kept) cookies.set(name, value);
	const socket = connect(browser);
	expect(await refusalOf(socket)).toBe('session.missing');
	socket.close();
});

test('a guest’s cookie and a stranger’s account open no cockpit', async () => {
	const stranger = await signIn(app, (await seedWorkshop(app.database.sql)).accountId);
	const socket = connect(stranger);
	expect(await refusalOf(socket)).toBe('access.denied');
	socket.close();
});
