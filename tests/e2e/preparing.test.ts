import { readFile } from 'node:fs/promises';

import { expect as playwrightExpect } from '@playwright/test';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';

import { worldCafeTemplate } from '#lib/domain/templates/world-cafe-template.ts';
import { parseAgendaFile } from '#lib/protocol/agenda-file.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import { openHall, type Hall } from '#tests/helpers/hall.ts';

import { Facilitator } from './people.ts';

const see = playwrightExpect.configure({ timeout: 20_000 });

/** A facilitator prepares a World Café: from the method to a template of the team's own, and over a file to another workshop. */
let database: TestDatabase;
let hall: Hall;
beforeAll(async () => {
	database = await createTestDatabase();
	hall = await openHall(database.url);
}, 180_000);
afterAll(async () => {
	await hall[Symbol.asyncDispose]();
	await database[Symbol.asyncDispose]();
});

test('a method is made one’s own, kept as a template and carried on as a file', async () => {
	const claire = await Facilitator.arrive(hall, 'de');
	onTestFailed(() => hall.photograph({ preparing: claire }));
	const { page, t } = claire;
	const button = (name: string) => page.getByRole('button', { name, exact: true });
	const dialog = page.getByRole('dialog');
	const steps = page.getByRole('tabpanel').getByRole('article');
	const count = worldCafeTemplate.steps.length;

	const begin = async (template: string, title: string) => {
		await page.goto('/studio/workshops/new');
		await page.getByRole('radio', { name: template, exact: true }).check();
		await page.getByLabel(t('studio:new.name')).fill(title);
		await button(t('studio:new.create')).click();
		await see(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
		await see(steps).toHaveCount(count);
	};
	const choose = async (item: string) => {
		await button(t('studio:workshop.menu')).click();
		await page.getByRole('menuitem', { name: item, exact: true }).click();
	};

	// The first round begins in silence; a rule that defeats itself is said.
	await claire.enter(hall, /Mamer/);
	await begin(worldCafeTemplate.name.de ?? '', 'Café am Bahnhof');
	const round = steps.filter({ hasText: 'Erste Runde' });
	const edit = t('studio:agenda.edit', { title: 'Erste Runde' });
	await button(edit).click();
	const way = page.getByLabel(t('studio:step.way'));
	await see(way).toHaveValue('atTable');
	await page.getByText(t('studio:step.details')).click();
	await page.getByLabel(t('studio:rule.add')).selectOption('nobody');
	await see(page.getByText(t('studio:warning.nobodyAdds'))).toBeVisible();
	await way.selectOption('silent');
	await see(page.getByText(t('studio:warning.nobodyAdds'))).toBeHidden();
	await button(t('common:action.save')).click();
	await see(round.getByText(t('studio:mark.private'))).toBeVisible();
	await see(round.getByText(t('studio:mark.table'))).toBeHidden();

	// The team keeps it, and begins the next workshop with it.
	await choose(t('studio:template.save'));
	await dialog.getByLabel(t('studio:template.name')).fill('Unser Café');
	await dialog.getByRole('button', { name: t('common:action.save'), exact: true }).click();
	await see(page.getByText(t('studio:template.saved', { name: 'Unser Café' }))).toBeVisible();
	await begin('Unser Café', 'Café im Park');
	await see(round.getByText(t('studio:mark.private'))).toBeVisible();

	// Its agenda leaves as a file.
	await button(t('studio:workshop.menu')).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('menuitem', { name: t('studio:file.export'), exact: true }).click(),
	]);
	const file = await readFile(await download.path(), 'utf8');
	expect(parseAgendaFile(file).steps.map(({ title }) => title)).toEqual(
		worldCafeTemplate.steps.map(({ title }) => title),
	);

	// A file with a mistake changes nothing; a good one says what goes and what stays, and does just that.
	await page.goto('/studio');
	await page.getByRole('link', { name: /Mamer/ }).click();
	await choose(t('studio:file.import'));
	const input = dialog.locator('input[type=file]');
	const upload = { name: 'agenda.json', mimeType: 'application/json' };
	await input.setInputFiles({ ...upload, buffer: Buffer.from(file.replace('"collect"', '"dance"')) });
	await see(dialog.getByText(t('errors:agenda.fileInvalid', { place: 'steps[1].kind' }))).toBeVisible();
	await input.setInputFiles({ ...upload, buffer: Buffer.from(file) });
	await dialog.getByRole('radio', { name: t('studio:file.replace') }).check();
	await see(dialog.getByText(t('studio:file.staying', { titles: 'Willkommen' }))).toBeVisible();
	await dialog.getByRole('button', { name: t('studio:file.take'), exact: true }).click();
	await see(page.getByText(t('studio:file.taken', { count }))).toBeVisible();
	await see(steps).toHaveCount(1 + count);
	await see(steps.first().getByText(t('studio:agenda.running'))).toBeVisible();
	expect(claire.faults).toEqual([]);
});
