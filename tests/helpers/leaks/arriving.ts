import type { DeviceKind } from '#lib/protocol/pairing.ts';

import { seedWorkshop } from '../seeded-workshop.ts';
import { people, type PersonName } from './cast.ts';
import type { RecordedHall } from './hall.ts';
import { canary } from './secret.ts';

/** Names that must not stand on a board are canaries. */
const nicknames: Partial<Record<PersonName, string>> = {
	anna: canary("Anna's name"),
	paul: canary("Paul's name"),
	wanda: canary("Wanda's name"),
	sofia: canary("Sofia's name"),
};

/** Everybody comes in by their own door and opens their board. */
export async function arrive(hall: RecordedHall): Promise<void> {
	await signInFacilitators(hall);
	await pairDevices(hall);
	const [first, second] = hall.workshop.tables;
	const joining = [
		...people.firstTable.filter((name) => name !== 'nora').map((name) => join(hall, name, first.id)),
		...people.secondTable.map((name) => join(hall, name, second.id)),
		join(hall, 'pedro'),
		joinElsewhere(hall),
	];
	await Promise.all(joining);
	await Promise.all([
		...people.firstTable
			.filter((name) => name !== 'nora' && name !== 'felix')
			.map((name) => hall.cast[name].readBoard(first.boardId)),
		...people.secondTable.map((name) => hall.cast[name].readBoard(second.boardId)),
		hall.cast.tablet.readBoard(first.boardId),
		hall.cast.secondTablet.readBoard(second.boardId),
		hall.cast.claire.readBoard(first.boardId),
		hall.cast.claire.readBoard(second.boardId),
	]);
}

async function signInFacilitators(hall: RecordedHall): Promise<void> {
	const { sql, workshop, cast } = hall;
	const [denis, eve] = await sql<[{ id: string }, { id: string }]>`
		insert into account (email, name) values ('denis@example.org', 'Denis'), ('eve@example.org', 'Eve') returning id`;
	await sql`
		insert into programme_member (programme_id, account_id, role)
		values (${workshop.programmeId}, ${denis.id}, 'facilitator')`;
	const elsewhere = await seedWorkshop(sql, { step: 'collect' });
	await sql`
		insert into programme_member (programme_id, account_id, role)
		values (${elsewhere.programmeId}, ${eve.id}, 'facilitator')`;
	await hall.signIn('claire', workshop.accountId);
	await hall.signIn('denis', denis.id);
	await hall.signIn('eve', eve.id);
	await cast.claire.goLive('facilitator', workshop.workshopId);
	await cast.denis.goLive('facilitator', workshop.workshopId);
	await cast.eve.goLive('facilitator', elsewhere.workshopId);
	hall.facts.set('code of another workshop', elsewhere.code);
}

/** Tablets and projectors, each with a code that Claire approves. */
async function pairDevices(hall: RecordedHall): Promise<void> {
	const [first, second] = hall.workshop.tables;
	await pair(hall, 'tablet', 'table', first.id);
	hall.facts.set('second tablet', await pair(hall, 'secondTablet', 'table', second.id));
	for (const [name, layout] of [
		['beamer', 'auto'],
		['wall', 'wall'],
		['results', 'results'],
	] as const) {
		const deviceId = await pair(hall, name, 'screen');
		hall.facts.set(`screen ${name}`, deviceId);
		await hall.cast.claire.send('screen.show', { deviceId, layout });
	}
	const deviceId = await pair(hall, 'tableScreen', 'screen');
	await hall.cast.claire.send('device.set-up', { deviceId, tableId: first.id });
}

async function pair(hall: RecordedHall, name: PersonName, kind: DeviceKind, tableId?: string): Promise<string> {
	const { cast, workshop, facts } = hall;
	const { client } = cast[name].guest;
	const pairing = await client.json<{ code: string; secret: string }>('POST', '/pairings', {
		kind,
		workshopCode: workshop.code,
	});
	const { deviceId } = await cast.claire.guest.client.json<{ deviceId: string }>(
		'POST',
		`/workshops/${workshop.workshopId}/pairings/approve`,
		{ code: pairing.code, ...(tableId !== undefined && { tableId }) },
	);
	await client.json('POST', '/pairings/poll', { secret: pairing.secret });
	facts.set(`secret of ${name}`, pairing.secret);
	await cast[name].goLive(kind, workshop.code);
	return deviceId;
}

async function join(hall: RecordedHall, name: PersonName, tableId?: string): Promise<void> {
	const { cast, workshop, facts, sql } = hall;
	const nickname = nicknames[name] ?? name;
	await cast[name].guest.join(workshop.code, { nickname, ...(tableId !== undefined && { tableId }) });
	// Felix keeps his phone in his pocket for now.
	if (name === 'felix') return;
	const { me } = await cast[name].goLive('participant', workshop.code);
	if (me?.kind !== 'participant') throw new Error(`${name} is no participant`);
	facts.set(name, me.participantId);
	const [row] = await sql<
		[{ guestId: string }]
	>`select guest_id as "guestId" from participant where id = ${me.participantId}`;
	facts.set(`browser of ${name}`, row.guestId);
}

async function joinElsewhere({ cast: { otto }, facts }: RecordedHall): Promise<void> {
	const code = facts.get('code of another workshop') ?? '';
	await otto.guest.join(code, { nickname: 'otto' });
	await otto.goLive('participant', code);
}
