import { expect, it } from 'vitest';

import { projectMeetingTemplate } from '#lib/domain/templates/project-meeting-template.ts';
import { maxAgendaFileBytes, writeAgendaFile, type AgendaFile } from '#lib/protocol/agenda-file.ts';
import { maxSteps, type MadeWorkshop, type WorkshopPlan } from '#lib/protocol/workshops.ts';
import type { BrowserClient } from '#tests/helpers/browser-client.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedIdea, seedWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

const meeting = writeAgendaFile(projectMeetingTemplate.steps);
const titlesOf = ({ steps }: WorkshopPlan | AgendaFile) => steps.map(({ title }) => title.en);

async function prepare(app: RunningApp): Promise<{ studio: BrowserClient; path: string; plan: WorkshopPlan }> {
	const { editionId, accountId } = await seedWorkshop(app.database.sql);
	const studio = await signIn(app, accountId);
	const draft = { editionId, template: 'one-two-four-all', title: { en: 'x' }, startsAt: null, place: null, tables: 1 };
	const { id } = await studio.json<MadeWorkshop>('POST', '/workshops', draft);
	const path = `/workshops/${id}`;
	return { studio, path, plan: await studio.json('GET', path) };
}

it('leaves as a download and makes the same agenda elsewhere', async () => {
	await using app = await runApp();
	const { studio, path, plan } = await prepare(app);
	const answer = await studio.request('GET', `${path}/agenda-file`);
	expect(answer.headers.get('content-disposition')).toBe(`attachment; filename=agenda-${plan.code}.json`);
	expect(answer.headers.get('content-type')).toContain('application/json');
	const file = (await answer.json()) as AgendaFile;
	expect(file.steps).toEqual(plan.steps.map(({ id: _, used: __, ...step }) => step));

	const other = await prepare(app);
	const body = { mode: 'replace', file };
	const copy = await other.studio.json<WorkshopPlan>('POST', `${other.path}/agenda-file`, body);
	expect(copy.steps.map(({ id: _, ...step }) => step)).toEqual(plan.steps.map(({ id: _, ...step }) => step));
	expect(copy.steps.some(({ id }) => other.plan.steps.some((step) => step.id === id))).toBe(false);
});

it('is added at the end, and leaves what is there as it is', async () => {
	await using app = await runApp();
	const { studio, path, plan } = await prepare(app);
	const longer = await studio.json<WorkshopPlan>('POST', `${path}/agenda-file`, { mode: 'append', file: meeting });
	expect(longer.steps.slice(0, plan.steps.length)).toEqual(plan.steps);
	expect(titlesOf(longer)).toEqual([...titlesOf(plan), ...titlesOf(meeting)]);
});

it('replaces everything but the steps that somebody is in or that ideas were written in', async () => {
	await using app = await runApp();
	const { sql } = app.database;
	const { studio, path, plan } = await prepare(app);
	const [, alone, pairs, fours, all] = plan.steps;
	const [board] = await sql<
		[{ id: string }]
	>`select id from board where workshop_id = ${plan.id} and table_id is not null`;
	const idea = await seedIdea(sql, { boardId: board.id, text: 'A bench', state: 'withdrawn' });
	await sql`update idea set step_id = ${alone?.id ?? ''} where id = ${idea}`;
	await sql`update workshop_table set step_id = ${pairs?.id ?? ''} where workshop_id = ${plan.id}`;
	await sql`update workshop set current_step_id = ${all?.id ?? ''} where id = ${plan.id}`;
	const { steps: before } = await studio.json<WorkshopPlan>('GET', path);
	expect(before.filter(({ used }) => used).map(({ id }) => id)).toEqual([alone?.id, pairs?.id, all?.id]);

	const replaced = await studio.json<WorkshopPlan>('POST', `${path}/agenda-file`, { mode: 'replace', file: meeting });
	expect(replaced.currentStepId).toBe(all?.id);
	expect(replaced.steps.slice(0, 3).map(({ id }) => id)).toEqual([alone?.id, pairs?.id, all?.id]);
	expect(titlesOf(replaced).slice(3)).toEqual(titlesOf(meeting));
	expect(replaced.steps.some(({ id }) => id === fours?.id)).toBe(false);
	const [written] = await sql`select step_id from idea where id = ${idea}`;
	expect(written).toEqual({ step_id: alone?.id });
	const rows = await sql`select position from step where workshop_id = ${plan.id} order by position`;
	expect(rows.map(({ position }) => position as number)).toEqual([...Array(replaced.steps.length).keys()]);
});

it('that cannot be read changes nothing, and says why', async () => {
	await using app = await runApp();
	const { studio, path, plan } = await prepare(app);
	const refused = async (file: unknown) => {
		const answer = await studio.request('POST', `${path}/agenda-file`, { mode: 'replace', file });
		return [answer.status, ((await answer.json()) as { error: unknown }).error];
	};
	expect(await refused('hello')).toEqual([400, { code: 'agenda.fileUnreadable' }]);
	expect(await refused({ ...meeting, version: 3 })).toEqual([
		400,
		{ code: 'agenda.fileNewer', params: { version: 3 } },
	]);
	const [step] = meeting.steps;
	expect(await refused({ ...meeting, steps: [step, { ...step, rules: { see: 'nobody' } }] })).toEqual([
		400,
		{ code: 'agenda.fileInvalid', params: { place: 'steps[1].rules.see' } },
	]);
	expect(await refused({ ...meeting, steps: [{ ...step, title: { en: 'a\0b' } }] })).toEqual([
		400,
		{ code: 'text.malformed' },
	]);
	expect(await refused({ ...meeting, padding: 'x'.repeat(maxAgendaFileBytes + 2048) })).toEqual([
		413,
		expect.objectContaining({ code: 'request.tooLarge' }),
	]);
	const long = { ...meeting, steps: Array<unknown>(maxSteps).fill(step) };
	const tooMany = await studio.refusal('POST', `${path}/agenda-file`, { mode: 'append', file: long });
	expect(tooMany).toEqual({ status: 409, code: 'step.tooMany' });
	expect(await studio.json<WorkshopPlan>('GET', path)).toEqual(plan);
});

it('is for the team of the programme only', async () => {
	await using app = await runApp();
	const mine = await prepare(app);
	const theirs = await prepare(app);
	const denied = { status: 403, code: 'access.denied' };
	expect(await mine.studio.refusal('GET', `${theirs.path}/agenda-file`)).toEqual(denied);
	const body = { mode: 'replace', file: meeting };
	expect(await mine.studio.refusal('POST', `${theirs.path}/agenda-file`, body)).toEqual(denied);
});
