/**
 * `node tests/screenshots/screens.ts [FOLDER] [NAME …]`: every panel of a projector, photographed for the eye at the sizes that halls have, light and
 * dark, with few and many ideas. Needs a browser.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { launchBrowser } from '../helpers/browser.ts';
import { openStagePage } from '../helpers/stage-page.ts';
import { citizensWords, stagePictures } from '../helpers/stage-pictures.ts';

const [folder = 'test-results/screens', ...names] = process.argv.slice(2);
const sizes = [
	{ name: '1920', width: 1920, height: 1080, theme: 'light' },
	{ name: '1280-dark', width: 1280, height: 720, theme: 'dark' },
	{ name: '1024', width: 1024, height: 768, theme: 'light' },
] as const;

await mkdir(folder, { recursive: true });
await using stage = await openStagePage();
const browser = await launchBrowser();
const page = await browser.newPage({ reducedMotion: 'reduce' });
await page.goto(stage.url);
const pictures = Object.entries(stagePictures(await citizensWords())).filter(
	([name]) => names.length === 0 || names.some((wanted) => name.startsWith(wanted)),
);
for (const size of sizes) {
	await page.setViewportSize(size);
	for (const [name, picture] of pictures) {
		await page.evaluate((shown) => window.showStage(shown), { ...picture, theme: size.theme });
		await page.waitForTimeout(150);
		await page.screenshot({ path: path.join(folder, `${name}-${size.name}.png`) });
	}
}
await browser.close();
process.stdout.write(`${String(pictures.length * sizes.length)} pictures are in ${folder}.\n`);
