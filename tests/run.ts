/**
 * `npm test`: builds the pages, finds or fetches a browser, and runs everything. Words after `npm test --` go to Vitest.
 * Without a browser the rest is run all the same, and the run fails with a sentence that says what is missing.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

import { buildPagesIfNeeded, projectFolder } from '../server/launch/page-build.ts';
import { runCommand, say } from '../server/launch/terminal.ts';
import { fetchBrowser, findBrowser, runs } from './helpers/find-browser.ts';

const reportFile = path.join(projectFolder, 'test-results/vitest.json');

const reportSchema = z.object({
	testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** Projects that need no browser. */
const browserless = ['unit', 'runes', 'integration', ...(process.env.TEST_DATABASE_URL ? ['integration-server'] : [])];

await runCommand(async () => {
	const asked = process.argv.slice(3);
	const built = await buildPages();
	const found = findBrowser();
	const browser = found !== undefined && runs(found) ? found : fetchBrowser();
	const projects = browser === undefined ? browserless.flatMap((name) => ['--project', name]) : [];
	const passed = await runVitest([...projects, ...asked], browser);
	if (browser === undefined) {
		say('No browser was found, and none could be fetched, so the tests in the browser did not run. Install Chromium.');
	}
	if (!passed || !built || browser === undefined) process.exitCode = 1;
	say(summary([built, browser !== undefined].filter((fine) => !fine).length));
});

/** Much can be tested without pages, so a failure is told, counts as one, and doesn't end the run. */
async function buildPages(): Promise<boolean> {
	try {
		await buildPagesIfNeeded(() => say('Building the pages …'));
		return true;
	} catch (error) {
		say(String(error));
		return false;
	}
}

async function runVitest(options: readonly string[], browser: string | undefined): Promise<boolean> {
	rmSync(reportFile, { force: true });
	const script = path.join(projectFolder, 'node_modules/vitest/vitest.mjs');
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
	const child = spawn(process.execPath, [script, 'run', ...reporters, ...options], {
		cwd: projectFolder,
		env: { ...process.env, NODE_ENV: 'test', ...(browser === undefined ? {} : { TEST_BROWSER: browser }) },
		stdio: 'inherit',
	});
	const code = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	return code === 0;
}

/** `N passed, N failed`; a file that couldn't be run counts as one that failed. */
function summary(failedBefore: number): string {
	const report = reportSchema.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
	const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
	const passed = tests.filter(({ status }) => status === 'passed').length;
	const failed = tests.filter(({ status }) => status === 'failed').length;
	const broken = report.testResults.filter(
		({ status, assertionResults }) =>
			status === 'failed' && assertionResults.every((assertion) => assertion.status !== 'failed'),
	).length;
	return `${passed} passed, ${failed + broken + failedBefore} failed`;
}
