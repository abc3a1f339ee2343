import { expect as playwrightExpect } from '@playwright/test';
import { expect, onTestFailed, test } from 'vitest';

import { createTestDatabase } from '#tests/helpers/database.ts';
import { openHall } from '#tests/helpers/hall.ts';

import { CuttableRoad } from '../live/sync-harness.ts';
import { Facilitator, Participant } from './people.ts';

const see = playwrightExpect.configure({ timeout: 20_000 });

test('while nothing can be saved the pages say so, and what was written meanwhile is saved afterwards', async () => {
	await using database = await createTestDatabase();
	const { road, url } = await CuttableRoad.to(database.url);
	await using _road = road;
	await using hall = await openHall(url);
	const claire = await Facilitator.arrive(hall, 'fr');
	const anna = await Participant.arrive(hall, 'de');
	onTestFailed(() => hall.photograph({ claire, anna }));
	await claire.enter(hall, /Mamer/);
	await anna.join(hall, 'Anna', 'Dësch 1');
	await claire.goOnTo('Rêver');
	await see(anna.composer).toBeVisible();

	road.cut();
	await anna.write('Ein Dorf, in dem auch nachts noch jemand Brot verkauft');
	for (const person of [anna, claire]) await see(person.page.getByText(person.t('common:storage.late'))).toBeVisible();
	await see(anna.page.getByText('Ein Dorf, in dem auch nachts')).toBeVisible();
	await see(anna.page.getByText(anna.t('common:status.saved'), { exact: true })).toBeHidden();
	await hall.photograph({ 'outage-phone': anna, 'outage-cockpit': claire });

	road.mend();
	for (const person of [anna, claire]) await see(person.page.getByText(person.t('common:storage.late'))).toBeHidden();
	await see(anna.page.getByText(anna.t('common:status.saved'), { exact: true })).toBeVisible();
	const ideas = await database.sql`select from idea where text like 'Ein Dorf, in dem auch nachts%'`;
	expect(ideas).toHaveLength(1);
	expect([anna.faults, claire.faults]).toEqual([[], []]);
});
