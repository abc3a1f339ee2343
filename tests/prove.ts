/**
 * `npm run prove`: the long run of the live engine's proofs. What `npm test` does a few times happens here thousands of times, and
 * the database is away for minutes. Words after `npm run prove --` choose files, as with Vitest.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

import { projectFolder } from '../server/launch/page-build.ts';

const proofs = ['server/sync', 'tests/live/sync-', 'tests/live/leak-scan', 'tests/chaos'];

const asked = process.argv.slice(3);
const script = path.join(projectFolder, 'node_modules/vitest/vitest.mjs');
const words = ['run', '--project', 'unit', '--project', 'integration', '--no-file-parallelism'];
const child = spawn(process.execPath, [script, ...words, ...(asked.length === 0 ? proofs : asked)], {
	cwd: projectFolder,
	env: { ...process.env, NODE_ENV: 'test', THOROUGH: '1' },
	stdio: 'inherit',
});
process.exitCode = await new Promise<number>((resolve, reject) => {
	child.on('error', reject);
	child.on('close', (code) => resolve(code ?? 1));
});
