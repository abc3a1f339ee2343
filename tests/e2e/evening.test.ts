import { expect as playwrightExpect } from '@playwright/test';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';

import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import { openHall, type Hall } from '#tests/helpers/hall.ts';

import { Facilitator, Participant, Projector, Tablet } from './people.ts';

/** Machines that test are slow; a person would have looked up long before. */
const see = playwrightExpect.configure({ timeout: 20_000 });

/**
 * One evening from the terminal's link to the public page of a project: a facilitator, three phones in three languages, a table's tablet
 * and the projector, each in a browser context of its own, on plain http and no secure context, through the interface alone.
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

test('an evening, from the join code to the public page of a project', async () => {
	const claire = await Facilitator.arrive(hall, 'de');
	const screen = await Projector.arrive(hall, 'de');
	const tablet = await Tablet.arrive(hall, 'de');
	const anna = await Participant.arrive(hall, 'de');
	const paul = await Participant.arrive(hall, 'fr');
	const mia = await Participant.arrive(hall, 'lb');
	const everybody = { claire, screen, tablet, anna, paul, mia };
	onTestFailed(() => hall.photograph(everybody));

	// Everybody comes in.
	await claire.enter(hall, /Mamer/);
	await claire.pair('screen', await screen.askIn());
	await claire.pair('table', await tablet.askIn(), 'Dësch 1');
	await see(screen.page.getByText(/^2024\s0606$/)).toBeVisible();
	await see(tablet.page).toHaveURL(/\/table$/);
	await Promise.all([
		anna.join(hall, 'Anna', 'Dësch 1'),
		paul.join(hall, 'Paul', 'Dësch 1'),
		mia.join(hall, 'Mia', 'Dësch 2'),
	]);
	await see(claire.page.getByText(claire.t('cockpit:bar.present', { present: 3, people: 3 })).first()).toBeVisible();

	// Each dreams alone: nobody else sees it until the step is left.
	await claire.goOnTo('Träumen');
	await anna.write('Ein Garten für alle Generationen');
	await see(anna.page.getByText(anna.t('board:own.private'))).toBeVisible();
	await see(paul.page.getByText('Ein Garten für alle Generationen')).toBeHidden();
	await claire.goOnTo('Ideen sammeln');
	await see(paul.page.getByText('Ein Garten für alle Generationen')).toBeVisible();
	await see(screen.page.getByRole('listitem').getByText('Ein Garten für alle Generationen')).toBeVisible();

	// All write at once, one of them without a network for a while.
	await paul.page.context().setOffline(true);
	await Promise.all([
		anna.write('Bänke unter der Linde'),
		paul.write('Un café qui répare les vélos'),
		mia.write('E Maart all Samschdeg'),
		tablet.write('Werkzeug, das der ganzen Straße gehört'),
	]);
	await see(paul.page.getByText(paul.t('board:own.waiting'))).toBeVisible();
	await see(tablet.page.getByText('Bänke unter der Linde')).toBeVisible();
	await see(tablet.page.getByText('Un café qui répare les vélos')).toBeHidden();
	await see(screen.page.getByRole('listitem').getByText('E Maart all Samschdeg')).toBeVisible();
	await paul.page.context().setOffline(false);
	await see(tablet.page.getByText('Un café qui répare les vélos')).toHaveCount(1);
	await see(anna.page.getByText('E Maart all Samschdeg')).toBeHidden();

	// The table groups what belongs together; every phone of the table sees the groups.
	await claire.goOnTo('Gruppieren');
	await tablet.group('Treffpunkte', ['Bänke unter der Linde', 'Un café qui répare les vélos']);
	await tablet.group('Gemeinsam haben', ['Ein Garten für alle Generationen', 'Werkzeug, das der ganzen Straße gehört']);
	await see(anna.page.getByText('Treffpunkte').first()).toBeVisible();
	await see(paul.page.getByText('Gemeinsam haben').first()).toBeVisible();

	// The room votes in secret; a vote can be changed, and a late-comer counts.
	await claire.goOnTo('Wählen');
	await claire.openTable('Dësch 1');
	await claire.pick('Treffpunkte', 'Gemeinsam haben');
	await claire.openTable('Dësch 2');
	await claire.pick('E Maart all Samschdeg');
	await claire.openVote('Womit fangen wir an?', { dots: 3, most: 2 });
	await Promise.all([anna, paul, mia].map((voter) => voter.goTo('vote')));
	await anna.give('Treffpunkte', 2);
	await anna.give('Gemeinsam haben', 1);
	await paul.give('Treffpunkte', 1);
	await paul.give('Treffpunkte', 0);
	await paul.give('E Maart all Samschdeg', 2);
	await mia.page.getByRole('button', { name: mia.t('vote:abstain'), exact: true }).tap();
	for (const voter of [anna, paul])
		await see(voter.page.getByText(voter.t('vote:state.counted'), { exact: true })).toBeVisible();
	await see(mia.page.getByText(mia.t('vote:state.abstained'), { exact: true })).toBeVisible();
	await claire.unfold(claire.t('cockpit:votes.title'));
	await see(claire.page.getByText(claire.t('cockpit:votes.turnout', { voted: 3, eligible: 3 })).first()).toBeVisible();
	await see(anna.page.getByText(anna.t('screen:results.dots', { count: 2 }), { exact: true })).toBeHidden();
	await claire.closeVote();
	await claire.goOnTo('Ergebnisse');
	await see(screen.page.getByText('Womit fangen wir an?')).toBeHidden();
	await claire.publishResult();
	await see(screen.page.getByText('Womit fangen wir an?')).toBeVisible();
	await see(screen.page.getByText(screen.t('screen:results.turnout', { voted: 3, eligible: 3 }))).toBeVisible();

	// A crash of the server in the middle of it: everybody goes on by themselves.
	await hall.killAndRestart();
	await claire.goOnTo('Projektblatt');

	// Table and phone write one sheet together.
	await Promise.all([anna.goTo('sheet'), paul.goTo('sheet')]);
	const dream = (somebody: Participant | Tablet) => {
		return somebody.page.getByRole('textbox', { name: somebody.t('sheet:heading.dream'), exact: true });
	};
	await see(dream(anna)).toHaveAttribute('contenteditable', 'true');
	await see(dream(tablet)).toHaveAttribute('contenteditable', 'true');
	await dream(anna).click();
	await anna.page.keyboard.type('Ein Platz für alle. ');
	await see(dream(tablet)).toContainText('Ein Platz für alle.');
	await dream(tablet).click();
	await tablet.page.keyboard.press('Control+End');
	await tablet.page.keyboard.type('Mit Linde.');
	// Between the sentences stand the carets of those who write, with their names.
	for (const reader of [anna, paul]) {
		await see(dream(reader)).toContainText('Ein Platz für alle.');
		await see(dream(reader)).toContainText('Mit Linde.');
	}
	await see(anna.page.getByText(anna.t('common:status.saved'), { exact: true }).first()).toBeVisible();

	// The evening so far is kept.
	await claire.takeSnapshot();

	// A group becomes a project, and its page knows the notes it came from.
	await claire.goOnTo('Projekte gründen');
	await claire.openTable('Dësch 1');
	await claire.pick('Treffpunkte');
	await claire.found('Die Linde', 'Bänke und ein Café, wo man sich trifft.');
	await anna.goTo('projects');
	const visitor = await anna.openProject('Die Linde');
	await see(visitor.page.getByRole('heading', { name: 'Die Linde', level: 1 })).toBeVisible();
	await see(visitor.page.getByText('Ein Platz für alle. Mit Linde.')).toBeVisible();
	await see(visitor.page.getByText('Bänke unter der Linde').first()).toBeVisible();
	await see(visitor.page.getByText('Un café qui répare les vélos').first()).toBeVisible();
	expect(await visitor.page.getByText(/\b(Anna|Paul|Mia)\b/).count()).toBe(0);
	await visitor.signUp('join', 'Anna Muster', 'anna@example.org');
	await see(claire.page.getByText('Die Linde').first()).toBeVisible();

	await claire.endEvening();
	await see(mia.page.getByText(mia.t('board:step.ended'))).toBeVisible();

	expect(Object.values(everybody).flatMap(({ faults }) => faults)).toEqual([]);
}, 240_000);
