import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const peersFolder = fileURLToPath(new URL('../peers/', import.meta.url));

/** Which lock the installed packages were made from. */
const installedFrom = `${peersFolder}node_modules/.installed-from.json`;

/** Installs the servers that we compare with, unless what their lock names is there already. */
export async function installPeers(): Promise<void> {
	const lock = await readFile(`${peersFolder}package-lock.json`, 'utf8');
	if (existsSync(installedFrom) && (await readFile(installedFrom, 'utf8')) === lock) return;
	// On Windows npm is a script of the shell.
	const shell = process.platform === 'win32';
	await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: peersFolder, shell });
	await writeFile(installedFrom, lock);
}
