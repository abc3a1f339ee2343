import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { launchBrowser } from '../helpers/browser.ts';
import { type ComponentGallery, openComponentGallery } from '../helpers/component-gallery.ts';

let gallery: ComponentGallery;
let browser: Browser;

beforeAll(async () => {
	[gallery, browser] = await Promise.all([openComponentGallery(), launchBrowser()]);
});
afterAll(async () => {
	await browser.close();
	await gallery[Symbol.asyncDispose]();
});

/** The gallery in a browser of its own, in German unless `path` says otherwise. */
async function open(options: BrowserContextOptions = {}, path = '?lang=de'): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
	const page = await context.newPage();
	page.setDefaultTimeout(20_000);
	await page.goto(gallery.url + path);
	await page.getByRole('heading', { name: 'Buttons' }).waitFor();
	return page;
}

const focused = (page: Page): Promise<string> =>
	page.evaluate(() => {
		const element = document.activeElement;
		return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
	});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
	test('axe finds nothing to mend', async () => {
		const page = await open({ colorScheme, viewport: { width: 390, height: 800 } });
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		await page.context().close();
	});
});

test.each(['de', 'lb', 'fr'])('nothing scrolls sideways on any width in %s', async (language) => {
	const page = await open({}, `?lang=${language}`);
	for (const width of [320, 390, 640, 1280]) {
		await page.setViewportSize({ width, height: 800 });
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
	}
	await page.context().close();
});

test('everything that can be touched is large enough for a finger', async () => {
	const page = await open({ viewport: { width: 390, height: 800 }, hasTouch: true });
	const small = await page.evaluate(() =>
		[
			...document.querySelectorAll(
				'button, a[href], select, input:not([type=checkbox], [type=radio]), textarea, label:has(input)',
			),
		]
			.map((element) => ({ html: element.outerHTML.slice(0, 120), box: element.getBoundingClientRect() }))
			.filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
			.map(({ html, box }) => `${String(Math.round(box.width))}×${String(Math.round(box.height))} ${html}`),
	);
	expect(small).toEqual([]);
	await page.context().close();
});

test('a busy button keeps its focus and takes no clicks', async () => {
	const page = await open();
	const busy = page.getByRole('button', { name: 'Unterwegs' });
	await busy.focus();
	await page.keyboard.press('Enter');
	await busy.click({ force: true });
	expect(await focused(page)).toBe('Unterwegs');
	expect(await page.getByLabel('Klicks').textContent()).toBe('0');
	await page.getByRole('button', { name: 'Zählen' }).click();
	expect(await page.getByLabel('Klicks').textContent()).toBe('1');
	await page.context().close();
});

test('a stepper stops at its ends without losing the keyboard’s place', async () => {
	const page = await open();
	const dots = page.getByRole('group', { name: 'Punkte für den Dorfladen' });
	const more = dots.getByRole('button', { name: 'Eins mehr' });
	await more.focus();
	for (let press = 0; press < 3; press += 1) await page.keyboard.press('Enter');
	expect(await dots.getByRole('status').textContent()).toBe('3');
	expect(await more.getAttribute('aria-disabled')).toBe('true');
	expect(await focused(page)).toBe('Eins mehr: Punkte für den Dorfladen');
	await page.context().close();
});

describe('a text area', () => {
	test('grows with what is written in it', async () => {
		const page = await open();
		const field = page.getByLabel('Idee', { exact: true });
		const height = async () => (await field.boundingBox())?.height ?? 0;
		await field.fill('kurz');
		const before = await height();
		await field.fill('Zeile\n'.repeat(8));
		expect(await height()).toBeGreaterThan(before * 2);
		await page.context().close();
	});

	test('says what is left near the end and what is too much, and cuts nothing off', async () => {
		const page = await open();
		const field = page.getByLabel('Idee', { exact: true });
		await field.fill('a'.repeat(100));
		expect(await page.getByText('Noch 10 Zeichen').count()).toBe(0);
		await field.fill('a'.repeat(270));
		await page.getByText('Noch 10 Zeichen').waitFor();
		await field.fill('a'.repeat(283));
		await page.getByText('3 Zeichen zu viel').waitFor();
		expect((await field.inputValue()).length).toBe(283);
		expect(await field.getAttribute('aria-invalid')).toBe('true');
		await page.context().close();
	});
});

describe('a dialog', () => {
	test('holds the focus, and gives it back where it came from', async () => {
		const page = await open();
		await page.getByRole('button', { name: 'Dialog öffnen' }).focus();
		await page.keyboard.press('Enter');
		const dialog = page.getByRole('dialog', { name: 'Ein Projekt gründen' });
		await dialog.waitFor();
		for (let press = 0; press < 8; press += 1) {
			await page.keyboard.press('Tab');
			expect(await page.evaluate(() => document.activeElement?.matches('dialog *, body'))).toBe(true);
		}
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'hidden' });
		expect(await focused(page)).toBe('Dialog öffnen');
		await page.context().close();
	});

	test('closes beside it; one that asks a question doesn’t', async () => {
		const page = await open();
		await page.getByRole('button', { name: 'Dialog öffnen' }).click();
		await page.mouse.click(10, 10);
		await page.getByRole('dialog').waitFor({ state: 'hidden' });

		await page.getByRole('button', { name: 'Rückfrage öffnen' }).click();
		await page.mouse.click(10, 10);
		await page.getByRole('dialog', { name: 'Testdaten löschen?' }).waitFor();
		await page.keyboard.press('Escape');
		expect(await page.getByLabel('Zuletzt', { exact: true }).textContent()).toBe('abgebrochen');

		await page.getByRole('button', { name: 'Rückfrage öffnen' }).click();
		await page.getByRole('button', { name: '12 Ideen löschen' }).click();
		await page.getByRole('dialog').waitFor({ state: 'hidden' });
		expect(await page.getByLabel('Zuletzt', { exact: true }).textContent()).toBe('bestätigt');
		await page.context().close();
	});
});

test('a menu is walked with the arrow keys and left with Escape', async () => {
	const page = await open();
	const last = page.getByLabel('Zuletzt', { exact: true });
	await page.getByRole('button', { name: 'Aktionen für diese Idee' }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('menuitem', { name: 'Ändern' }).waitFor();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	expect(await focused(page)).toBe('Löschen');
	await page.keyboard.press('Enter');
	await expect.poll(() => last.textContent()).toBe('gelöscht');
	await expect.poll(() => focused(page)).toBe('Aktionen für diese Idee');

	await page.keyboard.press('Enter');
	await page.getByRole('menu').waitFor();
	await page.keyboard.press('Escape');
	await page.getByRole('menu').waitFor({ state: 'hidden' });
	await page.getByRole('button', { name: 'Zählen' }).click();
	expect(await page.getByLabel('Klicks').textContent()).toBe('1');
	await page.context().close();
});

test('tabs are one stop, walked with the arrow keys', async () => {
	const page = await open();
	await page.getByRole('tab', { name: 'Liste' }).focus();
	await page.keyboard.press('ArrowRight');
	await page.getByRole('tabpanel').getByText('Hier steht: columns').waitFor();
	await page.keyboard.press('ArrowLeft');
	await page.keyboard.press('ArrowLeft');
	await page.getByRole('tabpanel').getByText('Hier steht: results').waitFor();
	await page.keyboard.press('Tab');
	expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tabpanel');
	await page.context().close();
});

test('what was done can be undone from its message', async () => {
	const page = await open();
	await page.getByRole('button', { name: 'Meldung zeigen' }).click();
	await page.getByText('Idee zurückgezogen').waitFor();
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	expect(await page.getByLabel('Zuletzt', { exact: true }).textContent()).toBe('zurückgeholt');
	await page.getByText('Idee zurückgezogen').waitFor({ state: 'hidden' });
	await page.context().close();
});

test('a language is switched without a reload, and remembered', async () => {
	const page = await open();
	await page.getByText('gespeichert', { exact: true }).waitFor();
	await page.getByLabel('Sprache').selectOption('Lëtzebuergesch');
	await page.getByText('gespäichert', { exact: true }).waitFor();
	expect(await page.evaluate(() => document.documentElement.lang)).toBe('lb');
	expect(await page.context().cookies()).toMatchObject([{ name: 'lang', value: 'lb', sameSite: 'Lax' }]);
	await page.context().close();
});

test('a theme is chosen against the device’s, and remembered', async () => {
	const page = await open({ colorScheme: 'light' });
	const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
	const light = await ground();
	await page.getByLabel('Darstellung').selectOption('dunkel');
	expect(await ground()).not.toBe(light);
	expect(await page.context().cookies()).toMatchObject([{ name: 'theme', value: 'dark' }]);
	await page.emulateMedia({ media: 'print' });
	expect(await ground()).toBe('rgb(255, 255, 255)');
	await page.context().close();
});

test('a link is copied without a secure context too', async () => {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
	await page.goto(`${gallery.url}?lang=de`);
	await page.getByRole('button', { name: 'Kopieren' }).click();
	await page.getByRole('button', { name: 'Kopiert' }).waitFor();
	await context.close();
});
