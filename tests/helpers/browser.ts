import { type Browser, chromium } from '@playwright/test';

import { findBrowser } from './find-browser.ts';

export type BrowserOptions = {
	/**
	 * Names that lead to this machine. A hall has no secure context, so pages are tested on such an origin and not on
	 * `localhost`, which browsers treat as secure.
	 */
	hostNames?: readonly string[];
};

/** Starts the browser that the tests use; contexts and pages are the caller's. */
export async function launchBrowser({ hostNames = [] }: BrowserOptions = {}): Promise<Browser> {
	const executablePath = findBrowser();
	if (executablePath === undefined) throw new Error('There is no browser: install Chromium, or start with npm test.');
	return chromium.launch({
		executablePath,
		args: [
			// Chromium's sandbox needs an unprivileged user.
			...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
			'--disable-dev-shm-usage',
			...(hostNames.length === 0
				? []
				: [`--host-resolver-rules=${hostNames.map((name) => `MAP ${name} 127.0.0.1`).join(',')}`]),
		],
	});
}
