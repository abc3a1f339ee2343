import { expect, it } from 'vitest';

import type { WorkshopId } from '#lib/domain/ids.ts';
import type { MadeWorkshop, WorkshopPlan } from '#lib/protocol/workshops.ts';
import { Guest } from '#tests/helpers/guest.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

async function counts({ database: { sql } }: RunningApp, id: WorkshopId) {
	const [row] = await sql`
		select
			(select count(*) from participant where workshop_id = ${id}) as people,
			(select count(*) from idea i join board b on b.id = i.board_id where b.workshop_id = ${id}) as ideas,
			(select count(*) from idea_group g join board b on b.id = g.board_id where b.workshop_id = ${id}) as groups,
			(select count(*) from vote_round where workshop_id = ${id}) as rounds,
			(select count(*) from snapshot where workshop_id = ${id} and reason = 'on-demand') as snapshots,
			(select count(*) from workshop_table where workshop_id = ${id}) as tables,
			(select count(*) from text_document where workshop_id = ${id}) as sheets
	`;
	return row;
}

it('clears what a rehearsal left, after a snapshot, and keeps what was prepared and imported', async () => {
	await using app = await runApp();
	const { sql } = app.database;
	const { editionId, accountId } = await seedWorkshop(sql);
	using facilitator = new Guest(app.origin, await signIn(app, accountId));
	const studio = facilitator.client;
	const draft = { editionId, template: 'co-creation', title: { en: 'x' }, startsAt: null, place: null, tables: 1 };
	const { id } = await studio.json<MadeWorkshop>('POST', '/workshops', draft);
	const plan = await studio.json<WorkshopPlan>('GET', `/workshops/${id}`);

	await sql`
		insert into idea (board_id, text, state, shows_name, sort_order, colour, source_key)
		select id, 'imported', 'published', false, 1, 'sun', 'polis:x/1' from board where workshop_id = ${id} and table_id is null
	`;
	using person = new Guest(app.origin);
	await person.join(plan.code, { tableId: plan.tables[0]?.id ?? '' });
	const cockpit = facilitator.live('facilitator', id);
	await expect.poll(() => cockpit.view?.counts.people).toBe(1);
	const [board] = await sql<[{ id: string }]>`select id from board where workshop_id = ${id} and table_id is not null`;
	const submitted = await cockpit.send('idea.submit', { text: 'a rehearsed idea', boardId: board.id });
	const other = await cockpit.send('idea.submit', { text: 'another one', boardId: board.id });
	if (!submitted.ok || !other.ok) throw new Error('The ideas were refused');
	const options = [submitted, other].map(({ result }) => ({ ideaId: result.ideaId ?? '' }));
	await cockpit.send('group.create', { boardId: board.id, title: 'Rehearsed' });
	const opened = await cockpit.send('vote.open', { title: 'Rehearsed', rule: { dots: 1, maxPerOption: 1 }, options });
	expect(opened).toMatchObject({ ok: true });
	expect(await counts(app, id)).toMatchObject({ people: 1, ideas: 3, groups: 1, rounds: 1, snapshots: 0 });
	const [before] = await sql`select id from text_document where workshop_id = ${id}`;

	const cleared = await studio.json<WorkshopPlan>('DELETE', `/workshops/${id}/test-data`);
	expect(cleared.used).toEqual({ people: 0, ideas: 0 });
	expect(await counts(app, id)).toEqual({
		people: 0,
		ideas: 1,
		groups: 0,
		rounds: 0,
		snapshots: 1,
		tables: 1,
		sheets: 1,
	});
	const [after] = await sql`select id from text_document where workshop_id = ${id}`;
	expect(after).not.toEqual(before);
	const [log] = await sql`select action, detail from audit_log where workshop_id = ${id} and action like 'workshop.%'`;
	expect(log).toEqual({ action: 'workshop.clear-test-data', detail: { people: 1, ideas: 2 } });
	await expect.poll(() => cockpit.view?.counts).toMatchObject({ people: 0, ideas: 1 });

	await studio.json('POST', `/workshops/${id}/opening`);
	expect(await studio.refusal('DELETE', `/workshops/${id}/test-data`)).toEqual({
		status: 409,
		code: 'workshop.notPreparing',
	});
});
