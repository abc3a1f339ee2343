import { expect, it } from 'vitest';

import type { EditionsOfAccount } from '#lib/protocol/programmes.ts';
import type { StepTemplate } from '#lib/protocol/step-templates.ts';
import type { MadeWorkshop, WorkshopPlan } from '#lib/protocol/workshops.ts';
import type { BrowserClient } from '#tests/helpers/browser-client.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

type Team = { studio: BrowserClient; editionId: string; programmeId: string; library: string };

async function enter(app: RunningApp): Promise<Team> {
	const { editionId, accountId } = await seedWorkshop(app.database.sql);
	const studio = await signIn(app, accountId);
	const { editions } = await studio.json<EditionsOfAccount>('GET', '/editions');
	const programmeId = editions[0]?.programme.id ?? '';
	return { studio, editionId, programmeId, library: `/programmes/${programmeId}/templates` };
}

const draft = (editionId: string, template: string) => {
	return { editionId, template, title: { en: 'x' }, startsAt: null, place: null, tables: 0 };
};

async function make({ studio, editionId }: Team, template: string): Promise<WorkshopPlan> {
	const { id } = await studio.json<MadeWorkshop>('POST', '/workshops', draft(editionId, template));
	return studio.json('GET', `/workshops/${id}`);
}

async function save({ studio }: Team, { id }: WorkshopPlan, name: string): Promise<void> {
	expect((await studio.request('POST', `/workshops/${id}/templates`, { name })).status).toBe(204);
}

async function listed({ studio, library }: Team): Promise<StepTemplate[]> {
	return (await studio.json<{ templates: StepTemplate[] }>('GET', library)).templates;
}

const contentOf = ({ steps }: Pick<WorkshopPlan, 'steps'>) => steps.map(({ id: _, used: __, ...step }) => step);

it('keeps the steps of a workshop for the next one, with who saved them', async () => {
	await using app = await runApp();
	const team = await enter(app);
	const plan = await make(team, 'consent-round');
	expect(plan.edition.programmeId).toBe(team.programmeId);
	await save(team, plan, '  Unsere   Konsentrunde ');
	const [template] = await listed(team);
	expect(template).toMatchObject({
		name: 'Unsere Konsentrunde',
		savedBy: 'Claire Facilitator',
		steps: contentOf(plan),
	});

	// What happens to the workshop afterwards changes nothing in the template.
	await team.studio.json('DELETE', `/workshops/${plan.id}/steps/${plan.steps[0]?.id ?? ''}`);
	const next = await make(team, template?.id ?? '');
	expect(contentOf(next)).toEqual(contentOf(plan));
});

it('is replaced, renamed and deleted; workshops made from it keep their steps', async () => {
	await using app = await runApp();
	const team = await enter(app);
	const { studio, library } = team;
	const round = await make(team, 'consent-round');
	const meeting = await make(team, 'project-meeting');
	await save(team, round, 'Round');
	await save(team, meeting, 'Meeting');
	expect((await listed(team)).map(({ name }) => name)).toEqual(['Meeting', 'Round']);
	const template = (await listed(team))[1];
	const path = `${library}/${template?.id ?? ''}`;

	const name = await studio.refusal('POST', `/workshops/${round.id}/templates`, { name: 'rOUND' });
	expect(name).toEqual({ status: 409, code: 'template.nameTaken' });
	expect(await studio.refusal('PATCH', path, { name: 'meeting' })).toEqual(name);
	expect(await studio.refusal('PATCH', path, { name: ' ' })).toEqual({ status: 400, code: 'text.empty' });
	const renamed = await studio.json<{ templates: StepTemplate[] }>('PATCH', path, { name: 'ROUND' });
	expect(renamed.templates.map((each) => each.name)).toEqual(['Meeting', 'ROUND']);

	const made = await make(team, template?.id ?? '');
	const put = await studio.request('PUT', `/workshops/${meeting.id}/templates/${template?.id ?? ''}`);
	expect(put.status).toBe(204);
	expect((await listed(team))[1]).toMatchObject({ name: 'ROUND', steps: contentOf(meeting) });

	const { templates } = await studio.json<{ templates: StepTemplate[] }>('DELETE', path);
	expect(templates.map((each) => each.name)).toEqual(['Meeting']);
	const unknown = { status: 404, code: 'template.unknown' };
	expect(await studio.refusal('DELETE', path)).toEqual(unknown);
	expect(await studio.refusal('PATCH', path, { name: 'x' })).toEqual(unknown);
	expect(await studio.refusal('PUT', `/workshops/${meeting.id}/templates/${template?.id ?? ''}`)).toEqual(unknown);
	expect(contentOf(await studio.json('GET', `/workshops/${made.id}`))).toEqual(contentOf(round));
});

it('belongs to its programme: another team neither reads, changes nor uses it', async () => {
	await using app = await runApp();
	const mine = await enter(app);
	const theirs = await enter(app);
	await save(theirs, await make(theirs, 'ideation'), 'Theirs');
	const [template] = await listed(theirs);
	const id = template?.id ?? '';
	const denied = { status: 403, code: 'access.denied' };
	expect(await mine.studio.refusal('GET', theirs.library)).toEqual(denied);
	expect(await mine.studio.refusal('DELETE', `${theirs.library}/${id}`)).toEqual(denied);
	expect(await mine.studio.refusal('PATCH', `${theirs.library}/${id}`, { name: 'x' })).toEqual(denied);
	const unknown = { status: 404, code: 'template.unknown' };
	expect(await mine.studio.refusal('DELETE', `${mine.library}/${id}`)).toEqual(unknown);
	const own = await make(mine, 'empty');
	expect(await mine.studio.refusal('PUT', `/workshops/${own.id}/templates/${id}`)).toEqual(unknown);
	expect(await mine.studio.refusal('POST', '/workshops', draft(mine.editionId, id))).toEqual(unknown);
	expect((await listed(theirs)).map(({ name }) => name)).toEqual(['Theirs']);
});

it('outlives the account that saved it', async () => {
	await using app = await runApp();
	const team = await enter(app);
	await save(team, await make(team, 'empty'), 'Empty');
	await app.database.sql`update step_template set saved_by = null`;
	expect(await listed(team)).toMatchObject([{ name: 'Empty', steps: [], savedBy: null }]);
});
