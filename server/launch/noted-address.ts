import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { type Config } from '../config.ts';
import { publicOrigin } from './addresses.ts';

/** A running board notes its address, for commands that are called beside it, perhaps without the settings of its start. */
const fileOf = (dataDir: string) => path.join(dataDir, 'address.txt');

export function noteAddress(config: Config): void {
	mkdirSync(config.dataDir, { recursive: true });
	writeFileSync(fileOf(config.dataDir), publicOrigin(config));
}

export function forgetAddress({ dataDir }: Config): void {
	rmSync(fileOf(dataDir), { force: true });
}

/** The address of the board that runs, or that would run with these settings. */
export function notedAddress(config: Config): string {
	if (config.publicUrl !== undefined) return config.publicUrl;
	try {
		return readFileSync(fileOf(config.dataDir), 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return publicOrigin(config);
		throw error;
	}
}
