import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, constants, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { StartRefusal } from '../start-refusal.ts';

/**
 * The pages are built when their sources have changed since the last build. The build carries a hash of what it was made
 * from: times of files say nothing after a checkout or a copy.
 */

export const projectFolder = path.resolve(import.meta.dirname, '../..');

const sources = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package.json', 'package-lock.json'];
const buildFolder = path.join(projectFolder, 'build');
const hashFile = path.join(buildFolder, 'made-from.txt');

/** Before the error the tool names each of hundreds of files. */
const linesOfFailure = 60;

/** @param onBuild called when a build begins, which takes a while */
export async function buildPagesIfNeeded(onBuild: () => void): Promise<void> {
	const hash = await sourceHash(projectFolder);
	if ((await readIfPresent(hashFile)) === hash) return;
	await checkWritable();
	onBuild();
	await runTool('@sveltejs/kit/svelte-kit.js', ['sync']);
	await runTool('vite/bin/vite.js', ['build']);
	await writeFile(hashFile, hash);
}

/** A hash over the names and contents of everything the pages are made of; tests beside the sources don't count. */
export async function sourceHash(project: string): Promise<string> {
	const hash = createHash('sha256');
	for (const source of sources) {
		for (const file of await filesBelow(path.join(project, source))) {
			if (/\.test\.[jt]s$/.test(file)) continue;
			hash.update(path.relative(project, file)).update('\0');
			hash.update(await readFile(file)).update('\0');
		}
	}
	return hash.digest('hex');
}

async function filesBelow(file: string): Promise<string[]> {
	try {
		const entries = await readdir(file, { recursive: true, withFileTypes: true });
		return entries
			.filter((entry) => entry.isFile())
			.map((entry) => path.join(entry.parentPath, entry.name))
			.sort();
	} catch (error) {
		if (hasCode(error, 'ENOTDIR')) return [file];
		if (hasCode(error, 'ENOENT')) return [];
		throw error;
	}
}

/** A build that another user made (root, say) can't be replaced; better said before than in the middle. */
async function checkWritable(): Promise<void> {
	for (const folder of [projectFolder, buildFolder, path.join(projectFolder, '.svelte-kit')]) {
		try {
			await access(folder, constants.W_OK);
		} catch (error) {
			if (hasCode(error, 'ENOENT')) continue;
			throw new StartRefusal(
				`The pages must be built, and this user can't write to ${folder}. Make it yours (chown), or build as its owner with npm run build.`,
				{ cause: error },
			);
		}
	}
}

/** Runs a program of an npm package quietly; what it wrote is shown if it fails. */
async function runTool(file: string, options: readonly string[]): Promise<void> {
	const script = path.join(projectFolder, 'node_modules', file);
	const child = spawn(process.execPath, [script, ...options], {
		cwd: projectFolder,
		env: { ...process.env, NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	const collect = (chunk: Buffer) => (output += chunk.toString());
	child.stdout.on('data', collect);
	child.stderr.on('data', collect);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	if (code !== 0) {
		const end = output.trimEnd().split('\n').slice(-linesOfFailure).join('\n');
		throw new Error(`The pages could not be built (${file} ended with ${code}).\n${end}`);
	}
}

async function readIfPresent(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		if (hasCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}
