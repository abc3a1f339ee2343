import { existsSync } from 'node:fs';

import { type Config, readConfig } from '../config.ts';

/** The settings of the environment, completed by a file `.env` in the working folder; the environment goes first. */
export function loadConfig(): Config {
	if (existsSync('.env')) process.loadEnvFile('.env');
	return readConfig(process.env);
}
