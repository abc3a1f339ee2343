import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { MeView } from '#lib/protocol/live.ts';

import { Guest } from '../helpers/guest.ts';
import { signIn } from '../helpers/signed-in.ts';
import { seedWorkshop } from '../helpers/seeded-workshop.ts';
import { runApp, type RunningApp } from '../helpers/running-app.ts';

const guestCount = 100;
const patience = { timeout: 20_000, interval: 25 };

let app: RunningApp;
beforeAll(async () => {
	app = await runApp();
});
afterAll(async () => {
	await app[Symbol.asyncDispose]();
});

test('a hundred guests of one address join within seconds, write at once, and each sees all ideas once', async () => {
	const seeded = await seedWorkshop(app.database.sql, { step: 'collect' });
	using room = new DisposableStack();
	const projector = room.use(await pairedScreen(seeded.workshopId));
	const guests = Array.from({ length: guestCount }, () => room.use(new Guest(app.origin)));
	await Promise.all(guests.map((guest, number) => guest.join(seeded.code, { nickname: `Guest ${String(number)}` })));

	const screen = projector.live('screen', seeded.code);
	const people = guests.map((guest) => ({
		live: guest.live('participant', seeded.code),
		board: guest.board(seeded.plenaryBoardId),
	}));
	await vi.waitFor(() => {
		expect(people.every(({ live, board }) => live.me !== undefined && board.synced)).toBe(true);
	}, patience);
	const identities = new Set(people.map(({ live }) => participantOf(live.me)));
	expect(identities.size).toBe(guestCount);

	const acks = await Promise.all(
		people.map(({ live }, number) => live.send('idea.submit', { text: `Idea of guest ${String(number)}` })),
	);
	expect(acks.filter((ack) => ack.ok)).toHaveLength(guestCount);

	const expected = Array.from({ length: guestCount }, (_, number) => `Idea of guest ${String(number)}`).sort();
	await vi.waitFor(() => {
		for (const { board } of people) expect(board.content.ideas).toHaveLength(guestCount);
	}, patience);
	for (const { board } of people) expect(board.content.ideas.map((idea) => idea.text).sort()).toEqual(expected);

	await vi.waitFor(() => {
		for (const { live } of people) {
			expect(live.view?.counts).toEqual({ people: guestCount, present: guestCount, ideas: guestCount });
		}
	}, patience);
	await vi.waitFor(() => {
		const wall = screen.view?.audience === 'screen' ? Object.values(screen.view.wall) : [];
		expect(wall.map((idea) => idea.text).sort()).toEqual(expected);
	}, patience);
	const rows = await app.database.sql<{ text: string }[]>`
		select text from idea where board_id = ${seeded.plenaryBoardId} order by text`;
	expect(rows.map((row) => row.text)).toEqual([...expected].sort());
});

/** A projector that a facilitator has let in. */
async function pairedScreen(workshopId: string): Promise<Guest> {
	const [device] = await app.database.sql<[{ id: string }]>`
		insert into device (workshop_id, kind, name) values (${workshopId}, 'screen', 'Beamer') returning id`;
	return new Guest(app.origin, await signIn(app, device.id, 'device'));
}

function participantOf(me: MeView | undefined): string | undefined {
	return me?.kind === 'participant' ? me.participantId : undefined;
}
