import { expect, it } from 'vitest';

import type { MadeWorkshop, WorkshopPlan } from '#lib/protocol/workshops.ts';
import { Guest } from '#tests/helpers/guest.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

async function prepare(app: RunningApp): Promise<{ facilitator: Guest; plan: WorkshopPlan }> {
	const { editionId, accountId } = await seedWorkshop(app.database.sql);
	const facilitator = new Guest(app.origin, await signIn(app, accountId));
	const draft = { editionId, template: 'co-creation', title: { en: 'x' }, startsAt: null, place: null, tables: 1 };
	const { id } = await facilitator.client.json<MadeWorkshop>('POST', '/workshops', draft);
	return { facilitator, plan: await facilitator.client.json('GET', `/workshops/${id}`) };
}

it('shows a change of the plan to everybody who is connected', async () => {
	await using app = await runApp();
	const { facilitator, plan } = await prepare(app);
	using _ = facilitator;
	const { client } = facilitator;
	await client.json('POST', `/workshops/${plan.id}/opening`);
	using person = new Guest(app.origin);
	await person.join(plan.code);
	const phone = person.live('participant', plan.code);
	await expect.poll(() => phone.view?.currentStepId).toBe(plan.steps[0]?.id);

	await client.json('PATCH', `/workshops/${plan.id}/steps/${plan.steps[0]?.id ?? ''}`, { prompt: { en: 'Sit down!' } });
	await client.json('POST', `/workshops/${plan.id}/tables`, { count: 1 });
	await expect
		.poll(() => Object.values(phone.view?.steps ?? {}).find(({ position }) => position === 0)?.prompt)
		.toEqual({ en: 'Sit down!' });
	await expect.poll(() => Object.keys(phone.view?.tables ?? {})).toHaveLength(2);
});

it('deletes a workshop although its cockpit is open', async () => {
	await using app = await runApp();
	const { facilitator, plan } = await prepare(app);
	using _ = facilitator;
	const cockpit = facilitator.live('facilitator', plan.id);
	await expect.poll(() => cockpit.view?.workshop.code).toBe(plan.code);
	expect((await facilitator.client.request('DELETE', `/workshops/${plan.id}`)).status).toBe(204);
	expect(await cockpit.send('workshop.open-door', { open: false })).toMatchObject({ ok: false });
});
