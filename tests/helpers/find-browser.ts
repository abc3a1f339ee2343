import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';

/** Names under which systems install a browser of the Chromium family. */
const names = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'microsoft-edge',
	'microsoft-edge-stable',
];

/** Where macOS keeps them. */
const applications = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** The browser that is there: the one `TEST_BROWSER` names, the system's, or one that Playwright has fetched before. */
export function findBrowser(): string | undefined {
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	const candidates = [
		process.env.TEST_BROWSER,
		...names.flatMap((name) => folders.map((folder) => path.join(folder, name))),
		...applications,
		chromium.executablePath(),
	];
	return candidates.find((candidate) => candidate !== undefined && candidate !== '' && existsSync(candidate));
}

/** Gets one: Playwright's download, or as root on Debian its package. */
export function fetchBrowser(): string | undefined {
	const script = path.resolve('node_modules/playwright-core/cli.js');
	spawnSync(process.execPath, [script, 'install', 'chromium'], { stdio: 'inherit' });
	const fetched = findBrowser();
	// A download that lacks the system's libraries is no browser.
	if (fetched !== undefined && runs(fetched)) return fetched;
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit' });
		const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], {
			stdio: 'inherit',
			env: quiet,
		});
	}
	const installed = findBrowser();
	return installed !== undefined && runs(installed) ? installed : undefined;
}

export function runs(browser: string): boolean {
	return spawnSync(browser, ['--version'], { timeout: 20_000 }).status === 0;
}
