import { expect as playwrightExpect } from '@playwright/test';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';

import type { MadeWorkshop, WorkshopPlan } from '#lib/protocol/workshops.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import { openHall, type Hall } from '#tests/helpers/hall.ts';
import { seedIdea } from '#tests/helpers/seeded-workshop.ts';

import { OpenDocuments } from './open-documents.ts';
import { callFromPage } from './page-api.ts';
import { Facilitator, Projector } from './people.ts';

const see = playwrightExpect.configure({ timeout: 20_000 });

/** A hundred tables and five hundred ideas: whoever looks at all of them reads presented views, and not a hundred boards. */
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

const tableCount = 100;
const ideasEach = 5;

test('a cockpit and the screens of a hundred tables', async () => {
	const claire = await Facilitator.arrive(hall, 'de');
	const walking = await Facilitator.arrive(hall, 'de', { viewport: { width: 390, height: 844 }, hasTouch: true });
	const wall = await Projector.arrive(hall, 'de');
	const map = await Projector.arrive(hall, 'de');
	onTestFailed(() => hall.photograph({ claire, walking, wall, map }));
	const documents = [claire, walking, wall, map].map(({ page }) => new OpenDocuments(page));
	const [ofClaire, ofWalking, ...ofScreens] = documents as [OpenDocuments, OpenDocuments, ...OpenDocuments[]];

	await claire.enter(hall, /Mamer/);
	const cockpit = await openLargeEvening(claire);
	await claire.page.goto(cockpit);
	await see(claire.page.getByRole('heading', { level: 1 })).toBeVisible();
	await claire.pair('screen', await wall.askIn(), undefined, 'Wand');
	await claire.pair('screen', await map.askIn(), undefined, 'Plan');
	await walking.page.context().addCookies(await claire.page.context().cookies());
	await walking.page.goto(cockpit);
	await walking.openSubject('tables');

	await claire.goOnTo('Ideen sammeln');
	await see(wall.page.getByRole('listitem').first()).toBeVisible();
	await see(
		claire.page.getByText(claire.t('cockpit:tables.ideas', { count: tableCount * ideasEach })).first(),
	).toBeVisible();
	for (const name of ['Tisch 1', 'Tisch 50', 'Tisch 100']) {
		await claire.openTable(name);
		await see(claire.page.getByText(`Idee 1 von ${name}`).first()).toBeVisible();
		expect(ofClaire.now).toBeLessThanOrEqual(2);
	}
	await walking.page
		.getByRole('main')
		.getByRole('button', { name: /^Tisch 77\b/ })
		.tap();
	await see(walking.page.getByText('Idee 1 von Tisch 77').first()).toBeVisible();
	const width = await walking.page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(390);

	expect(Math.max(ofClaire.most, ofWalking.most)).toBeLessThanOrEqual(2);
	expect(ofScreens.map(({ most }) => most)).toEqual([0, 0]);
	expect([claire, walking, wall, map].flatMap(({ faults }) => faults)).toEqual([]);
}, 180_000);

/** Makes the evening by the studio's own way, and lets its tables have written already. Returns the cockpit's address. */
async function openLargeEvening({ page }: Facilitator): Promise<string> {
	const demo = /workshops\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
	const { edition } = await callFromPage<WorkshopPlan>(page, 'GET', `/workshops/${demo}`);
	const { id } = await callFromPage<MadeWorkshop>(page, 'POST', '/workshops', {
		...{ editionId: edition.id, template: 'co-creation', title: { de: 'Ein großer Abend' } },
		...{ startsAt: null, place: null, tables: tableCount },
	});
	const boards = await database.sql<{ id: string; name: string }[]>`
		select board.id, workshop_table.name from board
		join workshop_table on workshop_table.id = board.table_id where board.workshop_id = ${id}`;
	for (const board of boards) {
		for (let number = 1; number <= ideasEach; number += 1) {
			await seedIdea(database.sql, { boardId: board.id, text: `Idee ${String(number)} von ${board.name}` });
		}
	}
	await callFromPage(page, 'POST', `/workshops/${id}/opening`);
	return new URL(`/studio/workshops/${id}/cockpit`, page.url()).href;
}
