import { describe, expect, it } from 'vitest';

import { coCreationTemplate } from '#lib/domain/templates/co-creation-template.ts';
import { methodKeys, workshopTemplates } from '#lib/domain/templates/workshop-templates.ts';
import type { EditionsOfAccount } from '#lib/protocol/programmes.ts';
import type { MadeWorkshop, WorkshopPlan } from '#lib/protocol/workshops.ts';
import type { BrowserClient } from '#tests/helpers/browser-client.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

type Studio = { studio: BrowserClient; editionId: string; accountId: string };

async function enterStudio(app: RunningApp): Promise<Studio> {
	const { editionId, accountId } = await seedWorkshop(app.database.sql);
	return { studio: await signIn(app, accountId), editionId, accountId };
}

async function makeWorkshop({ studio, editionId }: Studio, tables = 2): Promise<WorkshopPlan> {
	const { id } = await studio.json<MadeWorkshop>('POST', '/workshops', {
		editionId,
		template: 'co-creation',
		title: { en: 'An evening', de: '  Ein Abend ', fr: '' },
		startsAt: '2026-06-06T16:30:00.000Z',
		place: 'Mamer',
		tables,
	});
	return studio.json<WorkshopPlan>('GET', `/workshops/${id}`);
}

const titles = (plan: WorkshopPlan) => plan.steps.map(({ title }) => title.en);

describe('making a workshop', () => {
	it('starts from the template, with a free code, tables with boards and sheets, and a day of deletion', async () => {
		await using app = await runApp();
		const entered = await enterStudio(app);
		const plan = await makeWorkshop(entered, 3);
		expect(plan).toMatchObject({
			phase: 'preparing',
			title: { en: 'An evening', de: 'Ein Abend' },
			startsAt: '2026-06-06T16:30:00.000Z',
			personalDataUntil: '2026-12-03',
			place: 'Mamer',
			used: { people: 0, ideas: 0 },
		});
		expect(plan.title).not.toHaveProperty('fr');
		expect(plan.code).toMatch(/^[1-9][0-9]{7}$/);
		expect(titles(plan)).toEqual(coCreationTemplate.steps.map(({ title }) => title.en));
		expect(plan.tables.map(({ name, colour }) => [name, colour])).toEqual([
			['Tisch 1', 'sun'],
			['Tisch 2', 'coral'],
			['Tisch 3', 'rose'],
		]);
		const [made] = await app.database.sql`
			select (select count(*) from board where workshop_id = ${plan.id}) as boards,
				(select count(*) from text_document where workshop_id = ${plan.id}) as sheets
		`;
		expect(made).toEqual({ boards: 4, sheets: 3 });

		const { editions } = await entered.studio.json<EditionsOfAccount>('GET', '/editions');
		expect(editions.map(({ workshops }) => workshops.map(({ id }) => id))).toEqual([
			expect.arrayContaining([plan.id]) as string[],
		]);
	});

	it('is for the team of the programme only', async () => {
		await using app = await runApp();
		const mine = await enterStudio(app);
		const theirs = await enterStudio(app);
		const { id } = await makeWorkshop(theirs);
		expect(await mine.studio.refusal('GET', `/workshops/${id}`)).toEqual({ status: 403, code: 'access.denied' });
		expect(await mine.studio.refusal('DELETE', `/workshops/${id}`)).toEqual({ status: 403, code: 'access.denied' });
		const body = {
			editionId: theirs.editionId,
			template: 'empty',
			title: { en: 'x' },
			startsAt: null,
			place: null,
			tables: 0,
		};
		expect(await mine.studio.refusal('POST', '/workshops', body)).toEqual({ status: 403, code: 'access.denied' });
		mine.studio.cookies.clear();
		expect(await mine.studio.refusal('GET', `/workshops/${id}`)).toEqual({ status: 401, code: 'session.missing' });
	});

	it('refuses what is too long or empty with a code', async () => {
		await using app = await runApp();
		const { studio, editionId } = await enterStudio(app);
		const draft = { editionId, template: 'empty', title: { en: '' }, startsAt: null, place: null, tables: 0 };
		expect(await studio.refusal('POST', '/workshops', draft)).toEqual({ status: 400, code: 'text.empty' });
		const long = { ...draft, title: { en: 'x'.repeat(121) } };
		expect(await studio.refusal('POST', '/workshops', long)).toEqual({ status: 400, code: 'text.tooLong' });
	});
});

describe('the methods', () => {
	it.each(methodKeys)('%s makes a workshop with its steps and rules', async (template) => {
		await using app = await runApp();
		const { studio, editionId } = await enterStudio(app);
		const draft = { editionId, template, title: { en: 'x' }, startsAt: null, place: null, tables: 1 };
		const { id } = await studio.json<MadeWorkshop>('POST', '/workshops', draft);
		const { steps } = await studio.json<WorkshopPlan>('GET', `/workshops/${id}`);
		expect(steps.map(({ id: _, used: __, ...step }) => step)).toEqual(workshopTemplates[template].steps);
		expect(steps.some(({ used }) => used)).toBe(false);
	});
});

describe('the agenda', () => {
	it('takes new steps, copies, changes and another order, and gives steps up', async () => {
		await using app = await runApp();
		const entered = await enterStudio(app);
		const { studio } = entered;
		let plan = await makeWorkshop(entered);
		const path = `/workshops/${plan.id}`;
		const [welcome, dream] = plan.steps;

		plan = await studio.json('POST', `${path}/steps`, { kind: 'collect', title: { en: 'Break' }, durationMs: 600_000 });
		expect(plan.steps.at(-1)).toMatchObject({ title: { en: 'Break' }, prompt: {}, rules: { add: 'everybody' } });

		plan = await studio.json('POST', `${path}/steps/${dream?.id ?? ''}/copies`);
		expect(titles(plan).slice(0, 4)).toEqual(['Welcome', 'Dream', 'Dream', 'Gather ideas']);
		expect(plan.steps[2]).toMatchObject({ rules: { intake: 'private', names: 'hidden' } });

		const change = { title: { en: 'Hello' }, prompt: { en: 'Say hello.', fr: ' ' }, durationMs: 60_000 };
		plan = await studio.json('PATCH', `${path}/steps/${welcome?.id ?? ''}`, change);
		expect(plan.steps[0]).toMatchObject({ title: { en: 'Hello' }, prompt: { en: 'Say hello.' }, durationMs: 60_000 });

		plan = await studio.json('PATCH', `${path}/steps/${welcome?.id ?? ''}`, { kind: 'vote' });
		expect(plan.steps[0]?.rules.vote).toBe(true);

		const stepIds = plan.steps.map(({ id }) => id).toReversed();
		plan = await studio.json('PUT', `${path}/step-order`, { stepIds });
		expect(plan.steps.map(({ id }) => id)).toEqual(stepIds);

		plan = await studio.json('DELETE', `${path}/steps/${dream?.id ?? ''}`);
		const left = coCreationTemplate.steps.length + 1;
		expect(plan.steps).toHaveLength(left);
		const rows = await app.database.sql`select position from step where workshop_id = ${plan.id} order by position`;
		expect(rows.map(({ position }) => position as number)).toEqual([...Array(left).keys()]);

		const unknown = { status: 404, code: 'step.unknown' };
		expect(await studio.refusal('DELETE', `${path}/steps/${dream?.id ?? ''}`)).toEqual(unknown);
		expect(await studio.refusal('PUT', `${path}/step-order`, { stepIds: stepIds.slice(1) })).toEqual(unknown);
		const twice = plan.steps.map(() => plan.steps[0]?.id);
		expect(await studio.refusal('PUT', `${path}/step-order`, { stepIds: twice })).toEqual(unknown);
	});

	it('keeps a step that the room or a table is in', async () => {
		await using app = await runApp();
		const entered = await enterStudio(app);
		const { id } = await makeWorkshop(entered);
		const plan = await entered.studio.json<WorkshopPlan>('POST', `/workshops/${id}/opening`);
		expect(plan).toMatchObject({ phase: 'live', currentStepId: plan.steps[0]?.id });
		const running = `/workshops/${id}/steps/${plan.currentStepId ?? ''}`;
		const refused = { status: 409, code: 'step.running' };
		expect(await entered.studio.refusal('DELETE', running)).toEqual(refused);

		const elsewhere = plan.steps[3]?.id ?? '';
		await app.database.sql`update workshop_table set step_id = ${elsewhere} where id = ${plan.tables[1]?.id ?? ''}`;
		expect(await entered.studio.refusal('DELETE', `/workshops/${id}/steps/${elsewhere}`)).toEqual(refused);
	});
});

describe('tables and challenges', () => {
	it('lays challenges on tables, adds, orders and removes tables', async () => {
		await using app = await runApp();
		const entered = await enterStudio(app);
		const { studio } = entered;
		let plan = await makeWorkshop(entered, 2);
		const path = `/workshops/${plan.id}`;
		const [first, second] = plan.tables;

		plan = await studio.json('POST', `${path}/challenges`, { question: { lb: 'Wéi kënne mir …?' } });
		const challenge = plan.challenges.at(-1);
		plan = await studio.json('PATCH', `${path}/tables/${first?.id ?? ''}`, { challengeId: challenge?.id, capacity: 8 });
		expect(plan.tables[0]).toMatchObject({ name: 'Tisch 1', challengeId: challenge?.id, capacity: 8 });

		expect(second?.atHome).toBe(false);
		plan = await studio.json('PATCH', `${path}/tables/${second?.id ?? ''}`, { name: 'Tisch 3', atHome: true });
		expect(plan.tables.map(({ atHome }) => atHome)).toEqual([false, true]);
		plan = await studio.json('POST', `${path}/tables`, { count: 2 });
		expect(plan.tables.map(({ name }) => name)).toEqual(['Tisch 1', 'Tisch 3', 'Tisch 4', 'Tisch 5']);

		const tableIds = plan.tables.map(({ id }) => id).toReversed();
		plan = await studio.json('PUT', `${path}/table-order`, { tableIds });
		expect(plan.tables.map(({ id, colour }) => [id, colour])).toEqual(
			tableIds.map((id, index) => [id, ['sun', 'coral', 'rose', 'sky'][index]]),
		);

		plan = await studio.json('PUT', `${path}/challenges/${challenge?.id ?? ''}`, { question: { fr: 'Comment … ?' } });
		expect(plan.challenges.at(-1)?.question).toEqual({ fr: 'Comment … ?' });
		plan = await studio.json('DELETE', `${path}/challenges/${challenge?.id ?? ''}`);
		expect(plan.tables.map(({ challengeId }) => challengeId)).toEqual([null, null, null, null]);

		plan = await studio.json('DELETE', `${path}/tables/${first?.id ?? ''}`);
		expect(plan.tables).toHaveLength(3);
		await studio.json('POST', `${path}/opening`);
		expect(await studio.refusal('DELETE', `${path}/tables/${second?.id ?? ''}`)).toEqual({
			status: 409,
			code: 'workshop.notPreparing',
		});
		const foreign = { challengeId: '00000000-0000-4000-8000-000000000000' };
		expect(await studio.refusal('PATCH', `${path}/tables/${second?.id ?? ''}`, foreign)).toEqual({
			status: 404,
			code: 'challenge.unknown',
		});
	});
});

describe('a workshop as a whole', () => {
	it('is described anew, copied without what people did, and deleted while it is prepared', async () => {
		await using app = await runApp();
		const entered = await enterStudio(app);
		const { studio } = entered;
		const made = await makeWorkshop(entered);
		const plan = await studio.json<WorkshopPlan>('PATCH', `/workshops/${made.id}`, {
			startsAt: null,
			personalDataUntil: '2027-01-31',
		});
		expect(plan).toMatchObject({ startsAt: null, place: 'Mamer', personalDataUntil: '2027-01-31' });

		await studio.json('PATCH', `/workshops/${made.id}/tables/${made.tables[0]?.id ?? ''}`, { atHome: true });
		const { id } = await studio.json<MadeWorkshop>('POST', `/workshops/${made.id}/copies`);
		const copy = await studio.json<WorkshopPlan>('GET', `/workshops/${id}`);
		expect(copy).toMatchObject({ title: made.title, place: 'Mamer', phase: 'preparing' });
		expect(titles(copy)).toEqual(titles(made));
		expect(copy.tables.map(({ name, atHome }) => [name, atHome])).toEqual([
			['Tisch 1', true],
			['Tisch 2', false],
		]);
		expect(copy.code).not.toBe(made.code);

		expect((await studio.request('DELETE', `/workshops/${made.id}`)).status).toBe(204);
		expect(await studio.refusal('GET', `/workshops/${made.id}`)).toEqual({ status: 404, code: 'workshop.unknown' });
		await studio.json('POST', `/workshops/${id}/opening`);
		expect(await studio.refusal('DELETE', `/workshops/${id}`)).toEqual({ status: 409, code: 'workshop.notPreparing' });
	});
});
