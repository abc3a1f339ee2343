import { type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sampleEvening } from '#lib/components/screen/testing/sample-evening.ts';
import { startTimer } from '#lib/domain/timer.ts';

import { launchBrowser } from '../helpers/browser.ts';
import { openStagePage, type Picture, type StagePage } from '../helpers/stage-page.ts';
import { citizensWords, stagePictures } from '../helpers/stage-pictures.ts';

/** What a hall reads from 15 m, on pictures of every kind and size, drawn by a browser. */
let stage: StagePage;
let browser: Browser;
let page: Page;
const words = await citizensWords();
const pictures = stagePictures(words);

beforeAll(async () => {
	[stage, browser] = await Promise.all([openStagePage(), launchBrowser()]);
	page = await browser.newPage({ reducedMotion: 'reduce' });
	await page.goto(stage.url);
});
afterAll(async () => {
	await browser.close();
	await stage[Symbol.asyncDispose]();
});

async function draw(picture: Picture): Promise<void> {
	await page.evaluate((shown) => window.showStage(shown), picture);
	// Two frames: one in which it is measured, one in which it stands.
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** What can't be read, as far as a browser can tell; sizes are in pixels of a picture 1920 wide. */
function flaws(): Promise<string[]> {
	return page.evaluate(() => {
		const scale = 1920 / Math.min(innerWidth, (innerHeight * 16) / 9);
		const found: string[] = [];
		const least = (element: Element): number => {
			if (element.matches('.prompt p')) return 64;
			if (element.closest('section > .note') && element.matches('.text')) return 64;
			if (element.matches('[data-kind=note] .text, .question, .text')) return 32;
			return element.matches('.attribution') ? 20 : 25;
		};
		for (const element of document.querySelectorAll<HTMLElement>('.picture *')) {
			const style = getComputedStyle(element);
			const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
			const box = element.getBoundingClientRect();
			if (box.width === 0 || style.visibility === 'hidden' || element.closest('.ruler, .waiting') !== null) continue;
			const name = `${element.className}: ${element.textContent.trim().slice(0, 40)}`;
			if (text && parseFloat(style.fontSize) * scale < least(element) - 0.01)
				found.push(`small ${style.fontSize} ${name}`);
			if (text && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1))
				found.push(`outside ${name}`);
			const clamped = style.webkitLineClamp !== 'none';
			if (element.matches('.prompt p') && element.scrollHeight > element.clientHeight + parseFloat(style.fontSize) / 2)
				found.push(`cut ${name}`);
			if (text && element.scrollWidth > element.clientWidth + 2 && style.display !== 'inline')
				found.push(`cut at the side ${name}`);
			if (
				style.overflowY === 'hidden' &&
				!clamped &&
				element.scrollHeight > element.clientHeight + 3 &&
				element.closest('.pages') === null
			)
				found.push(`cut below ${name}`);
		}
		const panel = document.querySelector('.panel')?.getBoundingClientRect();
		const footer = document.querySelector('footer')?.getBoundingClientRect();
		if (panel && footer && panel.bottom > footer.top + 1) found.push('the footer overlaps');
		return found;
	});
}

describe.each([
	['a wide picture', 1920, 1080],
	['a small projector', 1280, 720],
	['an old projector', 1024, 768],
])('on %s', (_, width, height) => {
	beforeAll(() => page.setViewportSize({ width, height }));

	test.each(Object.keys(pictures))('%s can be read from afar', async (name) => {
		const picture = pictures[name];
		if (picture === undefined) return;
		await draw(picture);
		expect(await flaws()).toEqual([]);
		await draw({ ...picture, theme: 'dark', languages: ['lb'] });
		expect(await flaws()).toEqual([]);
	});
});

test('nothing on the wall moves when the time grows short, runs out, or the connection goes', async () => {
	await page.setViewportSize({ width: 1920, height: 1080 });
	const now = Date.UTC(2026, 4, 6, 18, 0);
	const view = sampleEvening({ ideas: words.slice(0, 50) });
	const places = async (timer: Picture['view']['timer'], offline = false) => {
		await draw({ view: { ...view, timer }, layout: 'wall', languages: ['de', 'fr'], now, offline });
		return page
			.locator('.pages li')
			.evaluateAll((notes) => notes.map((note) => JSON.stringify(note.getBoundingClientRect())));
	};
	const calm = await places(startTimer(600_000, now));
	expect(calm.length).toBeGreaterThan(4);
	expect(await places(startTimer(600_000, now - 500_000))).toEqual(calm);
	expect(await places(startTimer(600_000, now - 590_000))).toEqual(calm);
	expect(await places(startTimer(600_000, now - 700_000))).toEqual(calm);
	expect(await places(startTimer(600_000, now), true)).toEqual(calm);
});

test('an announcement moves nothing, and is on every panel but the blank one', async () => {
	await page.setViewportSize({ width: 1920, height: 1080 });
	const quiet = sampleEvening({ ideas: words.slice(0, 50) });
	const view = { ...quiet, floor: { ...quiet.floor, announcement: { text: { de: 'Das Essen ist da!' }, at: 0 } } };
	const places = () =>
		page
			.locator('.picture > .panel, footer')
			.evaluateAll((parts) => parts.map((part) => JSON.stringify(part.getBoundingClientRect())));
	for (const layout of ['join', 'prompt', 'wall', 'columns', 'idea', 'map', 'results', 'pitch', 'projects'] as const) {
		await draw({ view: quiet, layout, languages: ['de'] });
		const before = await places();
		await draw({ view, layout, languages: ['de'] });
		expect(await places()).toEqual(before);
		expect(await page.getByRole('status').textContent()).toContain('Das Essen ist da!');
	}
	await draw({ view, layout: 'blank', languages: ['de'] });
	expect(await page.getByText('Das Essen ist da!').count()).toBe(0);
});
