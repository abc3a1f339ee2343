import AxeBuilder from '@axe-core/playwright';
import { expect as playwrightExpect, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';

import { spacedSeatCode } from '#lib/protocol/seat-codes.ts';
import { BrowserClient } from '#tests/helpers/browser-client.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import { Guest } from '#tests/helpers/guest.ts';
import { openHall, type Hall } from '#tests/helpers/hall.ts';

import { Facilitator, Participant, Tablet } from './people.ts';

const see = playwrightExpect.configure({ timeout: 20_000 });

/** People without a phone, one after another on a table's tablet: nothing of the one is there for the next. */
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

/** Makes slips in the studio and reads their codes off the sheet that would be printed. */
async function makeSlips(claire: Facilitator, count: number): Promise<string[]> {
	const { page } = claire;
	await page.goto(page.url().replace('/cockpit', '/seats'));
	await page.getByLabel(claire.t('seats:studio.count')).fill(String(count));
	await page.getByRole('button', { name: claire.t('seats:studio.issue') }).click();
	await see(page.locator('article .code')).toHaveCount(count);
	return page.locator('article .code').allTextContents();
}

/** Somebody at the tablet with their slip. */
async function sitDown(tablet: Tablet, code: string): Promise<Participant> {
	const { page, t } = tablet;
	await page.getByRole('link', { name: t('table:withoutPhone') }).tap();
	await see(page.getByLabel(t('seats:entry.label'))).toBeFocused();
	for (const sign of code.replace(/\s/g, '')) await page.getByRole('button', { name: sign, exact: true }).tap();
	await see(page.getByLabel(t('seats:entry.label'))).toHaveValue(spacedSeatCode(code.replace(/\s/g, '')));
	await page.getByRole('button', { name: t('seats:entry.submit'), exact: true }).tap();
	await see(page.getByRole('region', { name: t('seats:bar.label') })).toBeVisible();
	return new Participant(tablet, tablet.language);
}

const done = (tablet: Tablet) => tablet.page.getByRole('button', { name: tablet.t('seats:bar.done'), exact: true });

/** What the device still knows: its page, its storage, the pages one can go back to, its sessions. */
async function leftOn(tablet: Tablet): Promise<string> {
	const { page } = tablet;
	await see(page).toHaveURL(/\/table$/);
	await see(page.getByRole('heading', { level: 2, name: 'Dësch 1' })).toBeVisible();
	const onPage = await page.evaluate(() =>
		[
			document.documentElement.outerHTML,
			...[...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value),
			JSON.stringify(Object.entries(localStorage)),
			JSON.stringify(Object.entries(sessionStorage)),
			JSON.stringify(history.state),
		].join('\n'),
	);
	const databases = await page.evaluate(async () => (await indexedDB.databases()).length);
	expect(databases).toBe(0);
	const cookies = await page.context().cookies();
	expect(cookies.filter(({ name, value }) => name === 'boost_guest' && value !== '')).toEqual([]);
	return onPage;
}

test('one after another on a table’s tablet', async () => {
	const claire = await Facilitator.arrive(hall, 'de');
	const tablet = await Tablet.arrive(hall, 'de');
	onTestFailed(() => hall.photograph({ claire, tablet }));
	await tablet.page.clock.install();
	await claire.enter(hall, /Mamer/);
	const workshopId = /workshops\/([0-9a-f-]{36})/.exec(claire.page.url())?.[1] ?? '';
	await claire.pair('table', await tablet.askIn(), 'Dësch 1');
	await claire.goOnTo('Träumen');
	const [first = '', second = ''] = await makeSlips(claire, 2);

	// Rosa writes one idea that only she may see, and leaves with another one half written.
	const rosa = await sitDown(tablet, first);
	await mayBeUsedByAll(tablet.page);
	await rosa.write('Rosas verborgener Garten');
	await see(rosa.page.getByText(rosa.t('board:own.private'))).toBeVisible();
	await rosa.composer.fill('Ein halber Satz von Rosa');
	await done(tablet).tap();
	await see(tablet.page.getByRole('dialog').getByText('Ein halber Satz von Rosa')).toBeVisible();
	await tablet.page.getByRole('button', { name: tablet.t('seats:unsent.drop') }).tap();
	expect(await leftOn(tablet)).not.toMatch(/Rosa/);
	await tablet.page.goBack();
	await tablet.page.waitForLoadState();
	await see(tablet.page.getByText(/Rosa/)).toHaveCount(0);
	await tablet.page.goto(`/w/${hall.code}`);
	await see(tablet.page).toHaveURL(new RegExp(`/j/${hall.code}`));
	await tablet.page.goto(`/w/${hall.code}/table`);

	await tablet.page.goto(`/w/${hall.code}/seat`);
	await see(tablet.page.getByLabel(tablet.t('seats:entry.label'))).toBeVisible();
	await mayBeUsedByAll(tablet.page);
	await tablet.page.getByRole('link', { name: tablet.t('seats:entry.back') }).tap();

	// Emil sees nothing of hers. He walks away in the middle of a word: the page is covered, then gone.
	const emil = await sitDown(tablet, second);
	await see(emil.composer).toHaveValue('');
	await see(tablet.page.getByText(/Rosa/)).toHaveCount(0);
	await emil.composer.fill('Emil schreibt');
	await tablet.page.clock.fastForward(45_000);
	await see(tablet.page.getByRole('alertdialog', { name: tablet.t('seats:idle.title') })).toBeVisible();
	await tablet.page.getByRole('button', { name: tablet.t('seats:idle.stay') }).tap();
	await see(emil.composer).toHaveValue('Emil schreibt');
	await tablet.page.clock.fastForward(45_000);
	await tablet.page.clock.fastForward(20_000);
	expect(await leftOn(tablet)).not.toMatch(/Emil/);

	// Rosa is Rosa again: her idea is there, and what she sends with "Done" is saved before the page goes.
	await sitDown(tablet, first);
	await see(tablet.page.getByText('Rosas verborgener Garten')).toBeVisible();
	await rosa.composer.fill('Rosas zweiter Garten');
	await done(tablet).tap();
	await tablet.page.getByRole('button', { name: tablet.t('seats:unsent.send') }).tap();
	expect(await leftOn(tablet)).not.toMatch(/Rosa/);
	await sitDown(tablet, first);
	await see(tablet.page.getByText('Rosas zweiter Garten')).toBeVisible();

	// A question to all: what she answers isn't there for Emil, who answers for himself.
	using asking = await asFacilitator(claire);
	const cockpit = asking.live('facilitator', workshopId);
	await see.poll(() => cockpit.view !== undefined).toBe(true);
	expect(await cockpit.send('poll.open', { question: 'Weiter draußen?', options: ['Ja', 'Nein'] })).toMatchObject({
		ok: true,
	});
	const poll = tablet.page.getByRole('region', { name: 'Weiter draußen?' });
	await poll.getByRole('button', { name: 'Ja' }).tap();
	await see(poll.getByText(tablet.t('vote:state.counted'))).toBeVisible();
	await done(tablet).tap();
	await leftOn(tablet);
	await sitDown(tablet, second);
	await see(poll.getByRole('button', { name: 'Ja' })).toBeVisible();
	await see(poll.getByRole('button', { pressed: true })).toHaveCount(0);
	await poll.getByRole('button', { name: 'Nein' }).tap();
	await done(tablet).tap();
	await leftOn(tablet);
	await sitDown(tablet, first);
	await see(poll.getByRole('button', { pressed: true })).toHaveText('Ja');
	await see(poll.getByText(tablet.t('vote:poll.answered', { count: 2 }))).toBeVisible();
	await done(tablet).tap();
	await leftOn(tablet);

	expect([...claire.faults, ...tablet.faults]).toEqual([]);
});

/** In both themes and on a narrow phone, too. */
async function mayBeUsedByAll(page: Page): Promise<void> {
	const size = page.viewportSize() ?? { width: 1180, height: 820 };
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
	}
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
	await page.setViewportSize(size);
}

/** The facilitator's own session, without a page. */
async function asFacilitator(claire: Facilitator): Promise<Guest> {
	const client = new BrowserClient(hall.origin);
	for (const { name, value } of await claire.page.context().cookies()) client.cookies.set(name, value);
	return new Guest(hall.origin.replace('boost.test', '127.0.0.1'), client);
}
