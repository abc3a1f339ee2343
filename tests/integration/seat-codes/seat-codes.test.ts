import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { MeView } from '#lib/protocol/live.ts';
import type { IdeaId, OptionId, RoundId } from '#lib/domain/ids.ts';
import type { IssuedSeats, RedeemedSeat, SeatList } from '#lib/protocol/seat-codes.ts';
import { BrowserClient } from '#tests/helpers/browser-client.ts';
import { Guest, type LiveConnection } from '#tests/helpers/guest.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedIdea, seedWorkshop, type SeededWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

let app: RunningApp;
let seeded: SeededWorkshop;
let facilitator: BrowserClient;
let ideas: IdeaId[];

beforeAll(async () => {
	app = await runApp();
	seeded = await seedWorkshop(app.database.sql);
	ideas = [
		await seedIdea(app.database.sql, { boardId: seeded.plenaryBoardId, text: 'A bench' }),
		await seedIdea(app.database.sql, { boardId: seeded.plenaryBoardId, text: 'A tree' }),
	];
	facilitator = await signIn(app, seeded.accountId);
});
afterAll(() => app[Symbol.asyncDispose]());

const seatsPath = (workshop = seeded) => `/workshops/${workshop.workshopId}/seat-codes`;
const issue = (count: number) => facilitator.json<IssuedSeats>('POST', seatsPath(), { count });
const list = () => facilitator.json<SeatList>('GET', seatsPath());

async function issueOne() {
	const { seats } = await issue(1);
	if (seats[0] === undefined) throw new Error('No code was issued');
	return seats[0];
}

/** A table's tablet, paired. */
async function tablet(table = seeded.tables[0]): Promise<BrowserClient> {
	const [row] = await app.database.sql<[{ id: string }]>`
		insert into device (workshop_id, kind, name, table_id) values (${seeded.workshopId}, 'table', 'Tablet', ${table.id})
		returning id`;
	return signIn(app, row.id, 'device');
}

const redeem = (device: BrowserClient, code: string) =>
	device.json<RedeemedSeat>('POST', '/seat-codes/redeem', { code });

async function personOn(device: BrowserClient): Promise<{ guest: Guest; live: LiveConnection; me: () => Person }> {
	const guest = new Guest(app.origin, device);
	const live = guest.live('participant', seeded.code);
	await vi.waitFor(() => expect(live.me).toBeDefined());
	return { guest, live, me: () => asPerson(live.me) };
}

type Person = Extract<MeView, { kind: 'participant' }>;

function asPerson(me: MeView | undefined): Person {
	if (me?.kind !== 'participant') throw new Error('Not a person');
	return me;
}

/** A vote of the whole room that is open. */
async function openVote(): Promise<{ roundId: RoundId; option: OptionId; other: OptionId }> {
	const claire = new Guest(app.origin, facilitator);
	const cockpit = claire.live('facilitator', seeded.workshopId);
	await vi.waitFor(() => expect(cockpit.view).toBeDefined());
	const ack = await cockpit.send('vote.open', {
		title: 'Which one?',
		rule: { dots: 1, maxPerOption: 1 },
		options: ideas.map((ideaId) => ({ ideaId })),
	});
	if (!ack.ok || ack.result.roundId === undefined) throw new Error(`The vote did not open: ${JSON.stringify(ack)}`);
	const { roundId } = ack.result;
	await vi.waitFor(() => expect(cockpit.view?.rounds[roundId]).toBeDefined());
	const [option, other] = Object.keys(cockpit.view?.rounds[roundId]?.options ?? {}) as OptionId[];
	claire[Symbol.dispose]();
	if (option === undefined || other === undefined) throw new Error('The vote has no options');
	return { roundId, option, other };
}

const votedOnRoll = async (roundId: RoundId) => {
	const rows = await app.database.sql<
		{ voted: boolean }[]
	>`select voted from roll where round_id = ${roundId} and voted`;
	return rows.length;
};
const ballots = async (roundId: RoundId) =>
	(await app.database.sql`select 1 from ballot where round_id = ${roundId}`).length;

test('codes are told once, in no order of their numbers, and only their hashes are kept', async () => {
	const { seats, workshopCode } = await issue(60);
	expect(workshopCode).toBe(seeded.code);
	expect(new Set(seats.map(({ code }) => code)).size).toBe(60);
	expect(seats.every(({ code }) => /^[A-HJKMNP-Z2-9]{8}$/.test(code))).toBe(true);
	const numbers = seats.map(({ number }) => number);
	expect(numbers).not.toEqual(numbers.toSorted((one, other) => one - other));

	const kept = await app.database.sql<{ row: string }[]>`select row_to_json(seat_code)::text as row from seat_code`;
	for (const { code } of seats) expect(kept.some(({ row }) => row.includes(code))).toBe(false);
	expect(JSON.stringify(await list())).not.toContain(seats[0]?.code);
	expect((await list()).counts).toEqual({ issued: 60, redeemed: 0, revoked: 0 });
});

test('only facilitators of this workshop handle its codes', async () => {
	const nobody = new BrowserClient(app.origin);
	expect((await nobody.refusal('GET', seatsPath())).code).toBe('session.missing');
	const elsewhere = await seedWorkshop(app.database.sql);
	expect((await facilitator.refusal('POST', seatsPath(elsewhere), { count: 1 })).code).toBe('access.denied');
	expect((await facilitator.refusal('POST', seatsPath(), { count: 201 })).code).toBe('request.invalid');
});

test('somebody without a phone writes and votes on the tablet, at its table and as one person only', async () => {
	const { code, number } = await issueOne();
	const device = await tablet();
	const seat = await redeem(device, `${code.slice(0, 4)} ${code.slice(4)}`.toLowerCase());
	expect(seat).toMatchObject({ workshopCode: seeded.code, number, shared: true });
	const { guest, live, me } = await personOn(device);
	expect(me()).toMatchObject({ participantId: seat.participantId, tableId: seeded.tables[0].id });
	const { roundId, option, other } = await openVote();
	expect(await live.send('vote.cast', { roundId, ballot: { [option]: 1 } })).toMatchObject({ ok: true });
	await device.json('DELETE', '/guest');
	await vi.waitFor(() => expect(live.goodbye).toBe('session.expired'));
	guest[Symbol.dispose]();

	const secondDevice = await tablet(seeded.tables[1]);
	const again = await redeem(secondDevice, code);
	expect(again.participantId).toBe(seat.participantId);
	using person = (await personOn(secondDevice)).guest;
	const connection = person.live('participant', seeded.code);
	await vi.waitFor(() => expect(connection.me).toBeDefined());
	expect(asPerson(connection.me)).toMatchObject({ tableId: seeded.tables[0].id });
	expect(await connection.send('vote.cast', { roundId, ballot: { [other]: 1 } })).toMatchObject({ ok: true });
	expect(await ballots(roundId)).toBe(1);
	expect(await votedOnRoll(roundId)).toBe(1);
});

test('two tablets that redeem one slip at once have one person', async () => {
	const { code } = await issueOne();
	const [one, two] = [await tablet(), await tablet(seeded.tables[1])];
	const seats = await Promise.all([redeem(one, code), redeem(two, code)]);
	expect(seats[0].participantId).toBe(seats[1].participantId);
});

test('a session on a shared device ends soon after its last use', async () => {
	const { code } = await issueOne();
	const device = await tablet();
	await redeem(device, code);
	const lifetimes = () => app.database.sql<{ minutes: number }[]>`
		select extract(epoch from expires_at - now())::int / 60 as minutes from session where shared order by expires_at`;
	expect((await lifetimes()).every(({ minutes }) => minutes <= 15)).toBe(true);
	await app.database.sql`update session set expires_at = now() + interval '1 minute' where shared`;
	await device.json('GET', `/workshops/by-code/${seeded.code}`);
	expect(Math.max(...(await lifetimes()).map(({ minutes }) => minutes))).toBeGreaterThanOrEqual(14);
	expect(Math.max(...(await lifetimes()).map(({ minutes }) => minutes))).toBeLessThanOrEqual(15);
});

test('a revoked slip opens nothing any more, and its ballot leaves the open vote', async () => {
	const { id, code } = await issueOne();
	const device = await tablet();
	await redeem(device, code);
	const { live, guest } = await personOn(device);
	const { roundId, option } = await openVote();
	expect(await live.send('vote.cast', { roundId, ballot: { [option]: 1 } })).toMatchObject({ ok: true });
	expect(await ballots(roundId)).toBe(1);

	await facilitator.json('DELETE', `${seatsPath()}/${id}`);
	await vi.waitFor(() => expect(live.goodbye).toBe('session.expired'));
	guest[Symbol.dispose]();
	expect(await ballots(roundId)).toBe(0);
	expect(await votedOnRoll(roundId)).toBe(0);
	expect((await device.refusal('POST', '/seat-codes/redeem', { code })).code).toBe('seat.revoked');
});

test('a lost slip is replaced: the same person, whom the old one no longer speaks for', async () => {
	const { id, code, number } = await issueOne();
	const device = await tablet();
	const seat = await redeem(device, code);
	const { live, guest } = await personOn(device);
	const { roundId, option } = await openVote();
	await live.send('vote.cast', { roundId, ballot: { [option]: 1 } });
	const { seats } = await facilitator.json<IssuedSeats>('POST', `${seatsPath()}/${id}/reissue`);
	const [replacement] = seats;
	expect(replacement?.number).toBeGreaterThan(number);
	await vi.waitFor(() => expect(live.goodbye).toBe('session.expired'));
	guest[Symbol.dispose]();

	expect((await device.refusal('POST', '/seat-codes/redeem', { code })).code).toBe('seat.revoked');
	const again = await redeem(device, replacement?.code ?? '');
	expect(again).toMatchObject({ participantId: seat.participantId, number: replacement?.number });
	const person = await personOn(device);
	expect(person.me().ballots).toEqual({});
	expect(await person.live.send('vote.cast', { roundId, ballot: { [option]: 1 } })).toMatchObject({ ok: true });
	person.guest[Symbol.dispose]();
	expect(await ballots(roundId)).toBe(1);
	expect((await facilitator.refusal('POST', `${seatsPath()}/${id}/reissue`)).code).toBe('seat.revoked');
});

test('the slips that nobody used are revoked together', async () => {
	const { code } = await issueOne();
	const { counts } = await list();
	const { revoked } = await facilitator.json<{ revoked: number }>('DELETE', `${seatsPath()}/unused`);
	expect(revoked).toBe(counts.issued - counts.redeemed);
	expect((await list()).counts).toMatchObject({ issued: counts.redeemed, redeemed: counts.redeemed });
	const device = await tablet();
	expect((await device.refusal('POST', '/seat-codes/redeem', { code })).code).toBe('seat.revoked');
});

test('a slip works on a phone of its own, but not beside the person who is in with it', async () => {
	const [one, two] = (await issue(2)).seats;
	const phone = new BrowserClient(app.origin);
	const body = { code: one?.code, workshopCode: seeded.code };
	const seat = await phone.json<RedeemedSeat>('POST', '/seat-codes/redeem', body);
	expect(seat.shared).toBe(false);
	expect(await phone.json<RedeemedSeat>('POST', '/seat-codes/redeem', body)).toEqual(seat);
	const other = { code: two?.code, workshopCode: seeded.code };
	expect((await phone.refusal('POST', '/seat-codes/redeem', other)).code).toBe('seat.alreadyIn');
	const nowhere = new BrowserClient(app.origin);
	expect((await nowhere.refusal('POST', '/seat-codes/redeem', { code: two?.code })).code).toBe('seat.codeUnknown');
});

test('a full table keeps nobody from taking part', async () => {
	const [, table] = seeded.tables;
	await app.database.sql`update workshop_table set capacity = 1 where id = ${table.id}`;
	await app.database.sql`
		insert into participant (workshop_id, language, table_id) values (${seeded.workshopId}, 'de', ${table.id})`;
	const claire = new Guest(app.origin, facilitator);
	const cockpit = claire.live('facilitator', seeded.workshopId);
	await vi.waitFor(() => expect(cockpit.view).toBeDefined());
	const { code } = await issueOne();
	const device = await tablet(table);
	// Rows that were changed behind the evening's back are read again with the next revocation.
	await facilitator.json('DELETE', `${seatsPath()}/${(await issueOne()).id}`);
	await redeem(device, code);
	const { me, guest } = await personOn(device);
	expect(me().tableId).toBeNull();
	guest[Symbol.dispose]();
	claire[Symbol.dispose]();
});

test('nobody tries codes one after another', async () => {
	const device = await tablet();
	const { code } = await issueOne();
	const wrong = () => device.refusal('POST', '/seat-codes/redeem', { code: 'AAAABBBB' });
	for (let tries = 0; tries < 12; tries += 1) expect((await wrong()).code).toBe('seat.codeUnknown');
	expect(await wrong()).toEqual({ status: 429, code: 'request.tooMany' });
	expect((await device.refusal('POST', '/seat-codes/redeem', { code })).code).toBe('request.tooMany');
	const neighbour = await tablet();
	expect(await redeem(neighbour, code)).toMatchObject({ shared: true });
});
