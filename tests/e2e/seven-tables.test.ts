import { expect as playwrightExpect } from '@playwright/test';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';

import type { StepKind } from '#lib/domain/step.ts';
import type { WorkshopPlan } from '#lib/protocol/workshops.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import { openHall, type Hall } from '#tests/helpers/hall.ts';

import { OpenDocuments } from './open-documents.ts';
import { callFromPage } from './page-api.ts';
import { Facilitator, Participant, Projector, Tablet } from './people.ts';

/** Machines that test are slow; a person would have looked up long before. */
const see = playwrightExpect.configure({ timeout: 25_000 });

/**
 * An evening at seven tables through every kind of step, run by two: one leads from her laptop and drops out, the other goes on from his
 * phone. Two screens with different content, somebody who comes late, somebody who is moved, a table that goes ahead.
 */
let database: TestDatabase;
let hall: Hall;
beforeAll(async () => {
	database = await createTestDatabase();
	hall = await openHall(database.url);
}, 120_000);
afterAll(async () => {
	await hall[Symbol.asyncDispose]();
	await database[Symbol.asyncDispose]();
});

const tableNames = ['Dësch 1', 'Dësch 2', 'Dësch 3', 'Dësch 4', 'Dësch 5', 'Dësch 6', 'Dësch 7'] as const;
const nicknames = ['Anna', 'Paul', 'Mia', 'Luc', 'Sofia', 'Tom', 'Nora'] as const;

test('seven tables go through every kind of step', async () => {
	const claire = await Facilitator.arrive(hall, 'de');
	const denis = await Facilitator.arrive(hall, 'de', { viewport: { width: 390, height: 844 }, hasTouch: true });
	const wall = await Projector.arrive(hall, 'de');
	const ownScreen = await Projector.arrive(hall, 'de');
	const tablet = await Tablet.arrive(hall, 'de');
	const people = await Promise.all(nicknames.map(() => Participant.arrive(hall, 'de')));
	const late = await Participant.arrive(hall, 'de');
	const [anna, paul, mia] = people as [Participant, Participant, Participant];
	const everybody = { claire, denis, wall, ownScreen, tablet, anna, paul, mia, late };
	onTestFailed(() => hall.photograph(everybody));
	const documents = [...people, late, claire, denis, wall, ownScreen, tablet].map(
		({ page }) => new OpenDocuments(page),
	);

	await claire.enter(hall, /Mamer/);
	const cockpit = claire.page.url();
	const plan = await completeAgenda(claire);
	const titleOf = (kind: StepKind, number = 0) =>
		plan.steps.filter((step) => step.kind === kind)[number]?.title.de ?? `no step of kind ${kind}`;
	await bringIn(denis, claire, cockpit);

	// Everybody comes in; the second screen stands at the first table.
	await claire.pair('screen', await wall.askIn());
	await claire.pair('screen', await ownScreen.askIn(), undefined, 'Am ersten Tisch');
	await claire.giveScreenTo('Am ersten Tisch', tableNames[0]);
	await claire.pair('table', await tablet.askIn(), tableNames[0]);
	await Promise.all(
		people.map((person, index) => person.join(hall, nicknames[index] ?? '', tableNames[index] ?? null)),
	);
	await see(wall.page.getByText(/^2024\s0606$/)).toBeVisible();
	await see(anna.page.getByText(anna.t('board:moment.welcomeTable', { table: tableNames[0] }))).toBeVisible();

	// One leads, and the other knows.
	await claire.button(claire.t('steering:lead.nobody')).click();
	await claire.page.getByRole('menuitem', { name: claire.t('steering:lead.take') }).click();
	await see(denis.page.getByText(/leitet:/).first()).toBeVisible();

	// Each for themselves, then among the table, then for the room.
	await claire.goOnTo(titleOf('collect'));
	for (const [index, person] of people.entries()) await person.write(`Traum von ${nicknames[index] ?? ''}`);
	await see(tablet.page.getByText('Traum von Anna')).toBeHidden();
	await claire.reveal('table', nicknames.length);
	await see(tablet.page.getByText('Traum von Anna')).toBeVisible();
	await see(ownScreen.page.getByRole('listitem').getByText('Traum von Anna')).toBeVisible();
	await see(paul.page.getByText('Traum von Anna')).toBeHidden();
	await see(wall.page.getByText('Traum von Anna')).toBeHidden();
	await claire.reveal('room', nicknames.length);
	await see(wall.page.getByRole('listitem').getByText('Traum von Anna')).toBeVisible();
	await see(ownScreen.page.getByText('Traum von Paul')).toBeHidden();

	// Somebody comes late, and is where all are.
	await claire.goOnTo(titleOf('collect', 1));
	await late.join(hall, 'Lena', tableNames[3]);
	await late.write('Ein Dorfladen, der allen gehört');
	await see(wall.page.getByRole('listitem').getByText('Ein Dorfladen, der allen gehört')).toBeVisible();

	// A word to all, and a quick question.
	await claire.announce('Noch fünf Minuten, dann geht es weiter.');
	for (const { page } of [anna, tablet, wall]) {
		await see(page.getByText('Noch fünf Minuten, dann geht es weiter.').last()).toBeVisible();
	}
	await claire.ask('Brauchen Sie eine Pause?', ['Ja', 'Nein']);
	await anna.page.getByRole('button', { name: 'Ja', exact: true }).tap();
	await see(anna.page.getByText(anna.t('vote:poll.answered', { count: 1 }))).toBeVisible();
	await see(wall.page.getByText('Brauchen Sie eine Pause?')).toBeVisible();
	await claire.closeVote();

	// Somebody is moved, and reads and writes at the new table.
	await claire.movePerson('Mia', tableNames[0]);
	await see(mia.page.getByText('Traum von Anna')).toBeVisible();
	await mia.write('Geschrieben am neuen Tisch');
	await see(tablet.page.getByText('Geschrieben am neuen Tisch')).toBeVisible();

	// Grouped, and talked over.
	await claire.goOnTo(titleOf('group'));
	await tablet.group('Träume', ['Traum von Anna', 'Geschrieben am neuen Tisch']);
	await see(anna.page.getByText('Träume').first()).toBeVisible();
	await claire.goOnTo(titleOf('discuss'));
	await see(anna.composer).toBeHidden();
	await see(wall.page.getByText('Träume').first()).toBeVisible();

	// Chosen, voted, shown.
	await claire.goOnTo(titleOf('choose'));
	await claire.goOnTo(titleOf('vote'));
	await claire.openTable(tableNames[0]);
	await claire.pick('Träume');
	await claire.openTable(tableNames[3]);
	await claire.pick('Ein Dorfladen, der allen gehört');
	await claire.openVote('Womit fangen wir an?', { dots: 3, most: 2 });
	for (const voter of [anna, paul]) await voter.goTo('vote');
	await anna.give('Träume', 2);
	await paul.give('Träume', 1);
	for (const voter of [anna, paul]) {
		await see(voter.page.getByText(voter.t('vote:state.counted'), { exact: true })).toBeVisible();
	}
	await see(wall.page.getByText('Womit fangen wir an?')).toBeVisible();
	await claire.closeVote();
	await claire.goOnTo(titleOf('results'));
	await claire.publishResult();
	await see(wall.page.getByText('Womit fangen wir an?')).toBeVisible();

	await claire.goOnTo(titleOf('break'));
	await see(anna.page.getByText(/^Pause bis \d/)).toBeVisible();

	// A table that is done goes ahead, and comes back with all.
	await claire.setPace('tables');
	await tablet.page.getByRole('button', { name: tablet.t('table:pace.next', { step: titleOf('sheet') }) }).tap();
	await see(anna.page.locator('header').getByText(titleOf('sheet'))).toBeVisible();
	await see(paul.page.locator('header').getByText(titleOf('break'))).toBeVisible();
	await claire.goOnTo(titleOf('sheet'));
	await anna.goTo('sheet');
	const dream = anna.page.getByRole('textbox', { name: anna.t('sheet:heading.dream'), exact: true });
	await see(dream).toHaveAttribute('contenteditable', 'true');
	await dream.click();
	await anna.page.keyboard.type('Ein Platz für alle.');
	await see(anna.page.getByText(anna.t('common:status.saved'), { exact: true }).first()).toBeVisible();

	// The one who leads drops out; the other takes over, on his phone.
	await claire.page.context().close();
	await see(denis.page.getByText(/ist aber nicht verbunden/)).toBeVisible();
	await denis.page
		.getByRole('button', { name: /^Von .+ übernehmen$/ })
		.first()
		.tap();
	await see(denis.button(denis.t('steering:lead.me'))).toBeVisible();
	await denis.goOnAtTheThumb(titleOf('pitch'));
	await denis.openSubject('more');
	await denis.unfold(denis.t('steering:pitch.title'));
	await denis.button(denis.t('steering:pitch.addAll', { count: 7 })).tap();
	await denis.button(denis.t('steering:pitch.callNext', { table: tableNames[0] })).tap();
	await see(wall.page.getByText('Ein Platz für alle.')).toBeVisible();
	await see(wall.page.getByText(tableNames[0]).first()).toBeVisible();
	for (const person of [anna, paul]) {
		await person.goTo('pitch');
		for (let claps = 0; claps < 3; claps += 1) await person.page.getByRole('button', { name: /^Applaus!/ }).tap();
	}
	await see(denis.page.getByText(denis.t('steering:pitch.applause', { count: 6 })).first()).toBeVisible();
	await denis.button(denis.t('steering:pitch.end')).first().tap();

	await denis.goOnAtTheThumb(titleOf('found'));
	await see(wall.page.getByText('Ein Platz für alle.')).toBeHidden();

	// What people say at the end is read by the team first, and nobody's name is kept.
	await denis.goOnAtTheThumb(titleOf('feedback'));
	await see(anna.page.getByText(anna.t('board:moment.feedback'))).toBeVisible();
	await anna.write('Mehr Zeit für die Pausen');
	await denis.openSubject('inbox');
	await see(denis.page.getByText('Mehr Zeit für die Pausen').first()).toBeVisible();
	const [idea] = await database.sql`select participant_id, key_hash from idea where text = 'Mehr Zeit für die Pausen'`;
	expect(idea).toMatchObject({ participant_id: null });
	expect(idea?.key_hash).not.toBeNull();

	await denis.goOnAtTheThumb(titleOf('closing'));
	await see(anna.page.getByText(anna.t('board:moment.closing'))).toBeVisible();

	expect(Math.max(...documents.map(({ most }) => most))).toBeLessThanOrEqual(2);
	const faults = [claire, denis, wall, ownScreen, tablet, late, ...people].flatMap((somebody) => somebody.faults);
	expect(faults).toEqual([]);
}, 300_000);

/** The demo's evening with a step of every kind. */
async function completeAgenda({ page }: Facilitator): Promise<WorkshopPlan> {
	const id = /workshops\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
	const missing = { kind: 'discuss', title: { de: 'Besprechen' }, durationMs: 300_000 };
	const plan = await callFromPage<WorkshopPlan>(page, 'POST', `/workshops/${id}/steps`, missing);
	const added = plan.steps.at(-1);
	const stepIds = plan.steps.flatMap((step) => {
		if (step === added) return [];
		return step.kind === 'group' ? [step.id, added?.id] : [step.id];
	});
	return callFromPage<WorkshopPlan>(page, 'PUT', `/workshops/${id}/step-order`, { stepIds });
}

/** A colleague follows an invitation, makes an account and opens the same cockpit. */
async function bringIn(colleague: Facilitator, host: Facilitator, cockpit: string): Promise<void> {
	const account = await callFromPage<{ programmes: { id: string }[] }>(host.page, 'GET', '/account');
	const [programme] = account.programmes;
	const { url } = await callFromPage<{ url: string }>(
		host.page,
		'POST',
		`/programmes/${programme?.id ?? ''}/invitations`,
		{ name: 'Denis' },
	);
	await colleague.page.goto(url);
	await colleague.page.getByLabel(colleague.t('account:field.name')).fill('Denis');
	await colleague.page.getByLabel(colleague.t('account:field.email')).fill('denis@example.org');
	await colleague.page
		.getByRole('textbox', { name: colleague.t('account:field.password') })
		.fill('drei Linden am Dorfplatz');
	await colleague.button(colleague.t('account:invitation.create')).click();
	await see(colleague.page).toHaveURL(/\/studio$/);
	await colleague.page.goto(cockpit);
	await see(colleague.page.getByRole('heading', { level: 1 })).toBeVisible();
}
