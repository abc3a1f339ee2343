import { once } from 'node:events';
import WebSocket from 'ws';

import { encodeSync, messageType, syncStep } from '#lib/protocol/sync-wire.ts';

import type { Client } from './cast.ts';
import type { RecordedHall } from './hall.ts';
import { Sheet } from './sheet.ts';

/** What somebody tries who knows every address and every id. They may well be allowed: the scan judges by what they get. */
export async function pry(hall: RecordedHall, clients: readonly Client[]): Promise<void> {
	const addresses = await addressesOf(hall);
	await Promise.all(
		clients.map(async (client) => {
			for (const address of addresses) await get(client, address);
			await openEveryDocument(hall, client);
		}),
	);
}

/** As {@link pry}, but only what needs no socket. */
export async function pryByRequests(hall: RecordedHall, clients: readonly Client[]): Promise<void> {
	const addresses = await addressesOf(hall);
	await Promise.all(
		clients.map(async (client) => {
			for (const address of addresses) await get(client, address);
		}),
	);
}

/** Tries to be what others are: each audience of the live workshop, one after another. */
export async function pryByAudiences({ workshop }: RecordedHall, client: Client): Promise<void> {
	for (const audience of ['participant', 'table', 'screen', 'facilitator'] as const) {
		const live = client.guest.live(audience, audience === 'facilitator' ? workshop.workshopId : workshop.code);
		await new Promise<void>((resolve) => {
			live.socket.once('me', () => resolve());
			live.socket.once('connect_error', () => resolve());
			live.socket.once('goodbye', () => resolve());
		});
		live.close();
	}
}

/** @throws Error if the answer is that one asks too often: it would show nothing */
async function get({ name, relay, guest }: Client, address: string): Promise<void> {
	const accept = address.startsWith('/api') ? 'application/json' : 'text/html';
	const headers = { accept, cookie: guest.client.cookieHeader };
	const answer = await fetch(`${relay.origin}${address}`, { redirect: 'manual', headers });
	const body = await answer.text();
	if (body.includes('request.tooMany')) throw new Error(`${name} has asked too often for ${address} to be answered`);
}

/** Every address that can be read, with every id that the evening has: the API's from its own description, or the pages'. */
async function addressesOf(hall: RecordedHall): Promise<string[]> {
	const ids = await idsOf(hall);
	if (hall.pages.length > 0) return hall.pages.flatMap((path) => fill(path, ids));
	const description = (await (await fetch(`${hall.app.origin}/api/v1/openapi.json`)).json()) as {
		paths: Record<string, Record<string, unknown>>;
	};
	const paths = Object.entries(description.paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []));
	const api = paths.flatMap((path) => fill(path, ids)).map((path) => `/api/v1${path}`);
	return [...api, `/api/v1/privacy?workshop=${hall.workshop.code}`, '/metrics'];
}

async function idsOf({ sql, workshop }: RecordedHall): Promise<Readonly<Record<string, readonly string[]>>> {
	const snapshots = await sql<{ id: string }[]>`
		select id from snapshot where workshop_id = ${workshop.workshopId} order by taken_at desc limit 2`;
	const projects = await sql<{ id: string; slug: string }[]>`select id, slug from project order by founded_at`;
	return {
		workshopId: [workshop.workshopId],
		programmeId: [workshop.programmeId],
		code: [workshop.code],
		edition: [workshop.editionSlug],
		snapshotId: snapshots.map(({ id }) => id),
		projectId: projects.map(({ id }) => id),
		slug: projects.map(({ slug }) => slug),
	};
}

/** A path with its parameters filled in, in every way. @throws Error on a parameter that is unknown here */
function fill(path: string, ids: Readonly<Record<string, readonly string[]>>): string[] {
	const [parameter, name = ''] = /\{(\w+)\}/.exec(path) ?? [];
	if (parameter === undefined) return [path];
	const values = ids[name];
	if (values === undefined) throw new Error(`Nobody knows what to put into ${path}`);
	return values.flatMap((value) => fill(path.replace(parameter, value), ids));
}

async function openEveryDocument({ workshop }: RecordedHall, client: Client): Promise<void> {
	const boards = [workshop.plenaryBoardId, ...workshop.tables.map(({ boardId }) => boardId)];
	await Promise.all([
		...boards.map((boardId) => lookAtBoard(client, boardId)),
		...workshop.tables.map(({ sheetId }) => lookAtSheet(client, sheetId)),
	]);
}

/** Asks for a board's whole state, and waits for it or for the refusal. */
async function lookAtBoard({ relay: { origin }, guest }: Client, boardId: string): Promise<void> {
	const headers = { cookie: guest.client.cookieHeader, origin };
	const socket = new WebSocket(`${origin.replace('http', 'ws')}/sync/${boardId}`, { headers });
	socket.on('error', () => undefined);
	socket.on('open', () => socket.send(encodeSync(syncStep.step1, Uint8Array.of(0))));
	socket.on('message', (data: Buffer) => {
		if (data[0] === messageType.sync) socket.close();
	});
	await once(socket, 'close');
}

async function lookAtSheet({ relay: { origin }, guest }: Client, sheetId: string): Promise<void> {
	const sheet = await Sheet.open(origin, guest.client.cookieHeader, sheetId);
	if (typeof sheet === 'number') return;
	await sheet.arrived;
	sheet[Symbol.dispose]();
}
