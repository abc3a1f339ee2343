import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import { openHall, type Hall } from '#tests/helpers/hall.ts';

import { Facilitator, Participant } from './people.ts';

/** Every page as it is with the demo loaded: accessible in both themes, without sideways scrolling on the narrowest phone. */
let database: TestDatabase;
let hall: Hall;
let claire: Facilitator;
let anna: Participant;
let workshop: string;
beforeAll(async () => {
	database = await createTestDatabase();
	hall = await openHall(database.url);
	claire = await Facilitator.arrive(hall, 'de');
	await claire.enter(hall, /Mamer/);
	workshop = new URL(claire.page.url()).pathname.replace(/\/cockpit$/, '');
	anna = await Participant.arrive(hall, 'lb');
	await anna.join(hall, 'Anna', 'Dësch 1');
}, 180_000);
afterAll(async () => {
	await hall[Symbol.asyncDispose]();
	await database[Symbol.asyncDispose]();
});

const narrow = { width: 320, height: 640 };
const laptop = { width: 1280, height: 900 };

const publicPages = [
	'/',
	'/j/CODE',
	'/j/00000000',
	'/s',
	'/s#CODE-ABCDEFGH',
	'/privacy?workshop=CODE',
	'/e/region-west',
	'/e/region-west/projects',
];
const devicePages = ['/pair', '/screen', '/studio/sign-in', '/no-such-page'];
const studioPages = [
	'/studio',
	'/studio/team',
	'/studio/account',
	'/studio/workshops/new',
	'WORKSHOP',
	'WORKSHOP/cockpit',
	'WORKSHOP/report',
	'WORKSHOP/print',
	'WORKSHOP/seats',
];

describe('everybody', () => {
	test.each([...publicPages, ...devicePages])('can use %s', async (address) => {
		const visitor = await hall.newcomer({ viewport: laptop, locale: 'de-LU' });
		await inspect(visitor.page, address);
		await visitor.page.context().close();
	});
});

test('what somebody chooses before the scripts are here stays chosen', async () => {
	const { page } = await hall.newcomer({ viewport: narrow, locale: 'de-LU' });
	await page.route(/\.js$/, async (route) => {
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		await route.continue();
	});
	await page.goto(`/j/${hall.code}`, { waitUntil: 'commit' });
	const table = page.getByRole('radio', { name: /^Dësch 2\b/ });
	const scripts = page.waitForLoadState('networkidle');
	await table.check();
	await scripts;
	expect(await table.isChecked()).toBe(true);
	await page.context().close();
});

test('a participant can use their phone’s page', async () => {
	await inspect(anna.page, '/w/CODE');
});

describe('the facilitator', () => {
	test.each(studioPages)('can use %s', async (address) => {
		await inspect(claire.page, address);
	});
});

async function inspect(page: Page, address: string): Promise<void> {
	await page.setViewportSize(laptop);
	await page.goto(address.replace('CODE', hall.code).replace('WORKSHOP', workshop));
	await page.getByRole('heading', { level: 1 }).first().waitFor();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const { violations } = await new AxeBuilder({ page }).analyze();
		const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
		expect(serious.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual(
			[],
		);
	}
	await page.emulateMedia({ colorScheme: null, reducedMotion: null });
	await page.setViewportSize(narrow);
	const widths = await page.evaluate(() => ({
		content: document.documentElement.scrollWidth,
		window: document.documentElement.clientWidth,
	}));
	expect(widths.content).toBeLessThanOrEqual(widths.window);
}
