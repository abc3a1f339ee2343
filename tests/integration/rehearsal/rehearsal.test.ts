import { expect, it } from 'vitest';

import { defaultRules } from '#lib/domain/step.ts';
import type { RehearsalPlan, RehearsalStatus } from '#lib/protocol/rehearsal.ts';
import type { BrowserClient } from '#tests/helpers/browser-client.ts';
import { Guest } from '#tests/helpers/guest.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop, type SeededWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

const ten: RehearsalPlan = { participants: 10, ideasPerMinute: 10, minutes: 30 };
const patience = { timeout: 20_000, interval: 100 };

async function studioOf(app: RunningApp, { accountId }: SeededWorkshop): Promise<BrowserClient> {
	return signIn(app, accountId);
}

async function rows({ database: { sql } }: RunningApp, { workshopId }: SeededWorkshop) {
	const [row] = await sql<[{ people: number; guests: number; ideas: number; step: string; rehearsal: boolean }]>`
		select
			(select count(*) from participant where workshop_id = ${workshopId}) as people,
			(select count(distinct guest_id) from participant where workshop_id = ${workshopId}) as guests,
			(select count(*) from idea i join board b on b.id = i.board_id where b.workshop_id = ${workshopId}) as ideas,
			current_step_id as step, rehearsal
		from workshop where id = ${workshopId}`;
	return row;
}

it('lets synthetic people in who write, and clears them away with everything they left', async () => {
	await using app = await runApp();
	const seeded = await seedWorkshop(app.database.sql, { step: 'collect' });
	const studio = await studioOf(app, seeded);
	const path = `/workshops/${seeded.workshopId}/rehearsal`;
	using facilitator = new Guest(app.origin, studio);
	const cockpit = facilitator.live('facilitator', seeded.workshopId);
	const status = () => studio.json<RehearsalStatus>('GET', path);

	expect(await status()).toEqual({ marked: false, used: { people: 0, ideas: 0 }, crowd: null });
	const started = await studio.json<RehearsalStatus>('POST', path, ten);
	expect(started).toMatchObject({ marked: true, crowd: { plan: ten, failed: false } });
	expect(await studio.refusal('POST', path, ten)).toEqual({ status: 409, code: 'rehearsal.running' });

	await expect
		.poll(async () => (await status()).crowd?.figures, patience)
		.toMatchObject({ phase: 'running', joined: 10 });
	await expect.poll(async () => (await status()).crowd?.figures.ideas, patience).toBeGreaterThan(3);
	expect(await rows(app, seeded)).toMatchObject({ people: 10, guests: 10, rehearsal: true });
	await expect.poll(() => cockpit.view?.workshop.rehearsal).toBe(true);
	expect(cockpit.view?.counts.people).toBe(10);
	// They sit at tables as anybody would.
	const seated = Object.values(cockpit.view?.tables ?? {}).map(({ members }) => members);
	expect(seated.reduce((sum, members) => sum + members, 0)).toBe(10);

	await studio.json('POST', `${path}/end`);
	await expect.poll(async () => (await status()).crowd?.figures.phase, patience).toBe('ended');
	const { crowd, used } = await status();
	expect(crowd?.figures).toMatchObject({ connected: 0, lost: 0, duplicated: 0, turnedAway: {} });
	expect(used).toEqual({ people: 10, ideas: crowd?.figures.ideas });
	expect(crowd?.figures.ackMs?.max).toBeLessThan(5_000);

	await cockpit.send('step.go', { stepId: seeded.steps.vote });
	expect(await studio.json('DELETE', path)).toEqual({ marked: false, used: { people: 0, ideas: 0 }, crowd: null });
	expect(await rows(app, seeded)).toMatchObject({ people: 0, ideas: 0, step: seeded.steps.collect, rehearsal: false });
	await expect.poll(() => cockpit.view?.counts).toMatchObject({ people: 0, present: 0, ideas: 0 });
	expect(cockpit.view?.workshop).toMatchObject({ rehearsal: false, phase: 'live' });
});

it('votes in the open rounds of the room and of their own table, once a person', async () => {
	await using app = await runApp();
	const seeded = await seedWorkshop(app.database.sql, { step: 'vote' });
	const studio = await studioOf(app, seeded);
	const path = `/workshops/${seeded.workshopId}/rehearsal`;
	using facilitator = new Guest(app.origin, studio);
	const cockpit = facilitator.live('facilitator', seeded.workshopId);
	const open = async (boardId: string, tableId: string | null) => {
		const options = [];
		for (const text of ['A bakery', 'A bus at night']) {
			const ack = await cockpit.send('idea.submit', { text, boardId });
			options.push({ ideaId: ack.ok ? (ack.result.ideaId ?? '') : '' });
		}
		const ack = await cockpit.send('vote.open', {
			title: 'What first?',
			rule: { dots: 2, maxPerOption: 1 },
			tableId,
			options,
		});
		return ack.ok ? (ack.result.roundId ?? '') : '';
	};
	await studio.json('POST', path, ten);
	await expect.poll(() => cockpit.view?.counts.present, patience).toBe(10);
	const [table] = seeded.tables;
	const members = cockpit.view?.tables[table.id]?.members;
	const ofRoom = await open(seeded.plenaryBoardId, null);
	const ofTable = await open(table.boardId, table.id);
	const turnoutOf = (roundId: string) =>
		Object.entries(cockpit.view?.rounds ?? {}).find(([id]) => id === roundId)?.[1].turnout;
	await expect.poll(() => turnoutOf(ofRoom), patience).toEqual({ voted: 10, eligible: 10 });
	await expect.poll(() => turnoutOf(ofTable), patience).toEqual({ voted: members, eligible: members });
	const { crowd } = await studio.json<RehearsalStatus>('GET', path);
	expect(crowd?.figures).toMatchObject({ ideas: 0, refused: {} });
});

it('writes the project sheets, which are empty again afterwards', async () => {
	await using app = await runApp();
	const { sql } = app.database;
	const seeded = await seedWorkshop(sql, { step: 'collect' });
	await sql`update step set rules = ${sql.json(defaultRules('sheet'))} where id = ${seeded.steps.collect}`;
	const studio = await studioOf(app, seeded);
	const path = `/workshops/${seeded.workshopId}/rehearsal`;
	const written = async () =>
		(await sql`select 1 from text_update u join text_document d on d.id = u.document_id`).length;
	await studio.json('POST', path, ten);
	const sentences = async () => (await studio.json<RehearsalStatus>('GET', path)).crowd?.figures.sentences;
	await expect.poll(sentences, { timeout: 40_000, interval: 200 }).toBeGreaterThan(0);
	expect(await written()).toBeGreaterThan(5);
	await studio.json('DELETE', path);
	const [sheets] = await sql`select count(*) as count from text_document where workshop_id = ${seeded.workshopId}`;
	expect(sheets).toEqual({ count: 2 });
	expect(await written()).toBeLessThanOrEqual(2);
});

it('is refused where real people have joined, the door is closed, or the numbers are too large', async () => {
	await using app = await runApp();
	const seeded = await seedWorkshop(app.database.sql, { step: 'collect' });
	const studio = await studioOf(app, seeded);
	const path = `/workshops/${seeded.workshopId}/rehearsal`;

	for (const wrong of [{ participants: 9 }, { participants: 1_501 }, { ideasPerMinute: 0 }, { minutes: 121 }]) {
		const refused = await studio.refusal('POST', path, { ...ten, ...wrong });
		expect(refused).toEqual({ status: 400, code: 'request.invalid' });
	}
	using facilitator = new Guest(app.origin, studio);
	const cockpit = facilitator.live('facilitator', seeded.workshopId);
	await cockpit.send('workshop.open-door', { open: false });
	expect(await studio.refusal('POST', path, ten)).toEqual({ status: 403, code: 'join.doorClosed' });
	await cockpit.send('workshop.open-door', { open: true });
	using person = new Guest(app.origin);
	await person.join(seeded.code);
	expect(await studio.refusal('POST', path, ten)).toEqual({ status: 409, code: 'rehearsal.peopleJoined' });
	// And what people do on the evening itself is not cleared away.
	expect(await studio.refusal('DELETE', path)).toEqual({ status: 409, code: 'workshop.notPreparing' });
	expect(await rows(app, seeded)).toMatchObject({ people: 1, rehearsal: false });
});

it('is for the team of the programme', async () => {
	await using app = await runApp();
	const seeded = await seedWorkshop(app.database.sql, { step: 'collect' });
	const { accountId } = await seedWorkshop(app.database.sql);
	const stranger = await signIn(app, accountId);
	const path = `/workshops/${seeded.workshopId}/rehearsal`;
	for (const method of ['GET', 'POST', 'DELETE']) {
		const body = method === 'POST' ? ten : undefined;
		expect(await stranger.refusal(method, path, body)).toEqual({ status: 403, code: 'access.denied' });
	}
	expect(await stranger.refusal('POST', `${path}/end`)).toEqual({ status: 403, code: 'access.denied' });
});
