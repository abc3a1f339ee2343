import path from 'node:path';
import * as z from 'zod';

import { type LogLevel, logLevels } from './logger.ts';
import { StartRefusal } from './start-refusal.ts';

/**
 * The settings, read once from the environment (and from a file `.env`, if there is one). Each carries its own
 * description; the README's table is made of them. An empty value counts as not set.
 */
export type Config = {
	host: string;
	port: number;
	/** Address under which people reach us, without a slash at the end; if not given, it is found out at the start. */
	publicUrl: string | undefined;
	/** Absolute path. */
	dataDir: string;
	/** If not given, the embedded Postgres is used. */
	databaseUrl: string | undefined;
	databaseConnections: number;
	/** How many proxies stand before us and set `X-Forwarded-*`. */
	trustedProxies: number;
	logLevel: LogLevel;
	/** Whether a new database gets the demo. */
	loadDemo: boolean;
};

const wholeNumber = (least: number, most: number) =>
	z
		.string()
		.regex(/^\d{1,6}$/, `must be a whole number from ${least} to ${most}`)
		.transform(Number)
		.refine((number) => number >= least && number <= most, `must be a whole number from ${least} to ${most}`);

const settings = {
	PORT: wholeNumber(1, 65_535).default(3000).meta({ shown: '3000' }).describe('Port to listen on'),
	HOST: z
		.string()
		.default('0.0.0.0')
		.meta({ shown: '0.0.0.0' })
		.describe('Address to listen on; `127.0.0.1` keeps other devices out'),
	PUBLIC_URL: z
		.string()
		.transform(asOrigin)
		.optional()
		.meta({ shown: 'the LAN address' })
		.describe(
			'Address under which people reach the board; it goes into links and QR codes. With `https://`, cookies are secure',
		),
	DATABASE_URL: z
		.string()
		.refine(isPostgresUrl, 'must look like postgres://user:password@host:5432/database')
		.optional()
		.meta({ shown: 'embedded Postgres' })
		.describe('A Postgres server, version 14 or newer, with a database of our own'),
	DATABASE_CONNECTIONS: wholeNumber(2, 200)
		.default(10)
		.meta({ shown: '10' })
		.describe('Most connections to the database'),
	DATA_DIR: z
		.string()
		.default('data')
		.transform((folder) => path.resolve(folder))
		.meta({ shown: './data' })
		.describe('Folder for the embedded Postgres and the keys of open votes'),
	TRUSTED_PROXIES: wholeNumber(0, 10)
		.default(0)
		.meta({ shown: '0' })
		.describe('How many reverse proxies stand before the board and say who is calling'),
	LOG_LEVEL: z
		.enum(logLevels, `must be one of ${logLevels.join(', ')}`)
		.default('warn')
		.meta({ shown: 'warn' })
		.describe('How much is written to the log: `trace` to `fatal`, or `silent`'),
	LOAD_DEMO: z
		.enum(['yes', 'no'], 'must be yes or no')
		.default('yes')
		.transform((answer) => answer === 'yes')
		.meta({ shown: 'yes' })
		.describe('Whether a new database gets the demo evenings: `yes` or `no`'),
} as const;

const schema = z.object(settings);

/**
 * @param environment what `process.env` holds
 * @throws StartRefusal with one sentence for each setting that is wrong
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
	const given = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '');
	const result = schema.safeParse(Object.fromEntries(given.map(([name, value]) => [name, value?.trim()])));
	if (!result.success) {
		const wrong = result.error.issues.map(
			({ path: [name], message }) => `${String(name)} ${message}, but it is "${shown(String(name), environment)}".`,
		);
		throw new StartRefusal(wrong);
	}
	const values = result.data;
	return {
		host: values.HOST,
		port: values.PORT,
		publicUrl: values.PUBLIC_URL,
		dataDir: values.DATA_DIR,
		databaseUrl: values.DATABASE_URL,
		databaseConnections: values.DATABASE_CONNECTIONS,
		trustedProxies: values.TRUSTED_PROXIES,
		logLevel: values.LOG_LEVEL,
		loadDemo: values.LOAD_DEMO,
	};
}

/** One row for each setting, as the README shows them. */
export function settingsTable(): string {
	const rows = Object.entries(settings).map(([name, setting]) => {
		const { shown: usual, description } = z
			.object({ shown: z.string(), description: z.string() })
			.parse(setting.meta());
		return `| \`${name}\` | ${usual} | ${description} |`;
	});
	return ['| setting | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function asOrigin(text: string, context: z.RefinementCtx): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username;
	if (!isOrigin) context.addIssue('must be an address like https://board.example.org, without a path');
	return url?.origin ?? text;
}

function isPostgresUrl(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, pathname } = new URL(text);
	return /^postgres(ql)?:$/.test(protocol) && pathname.length > 1;
}

/** The value as it may be printed: a database's address may hold a password. */
function shown(name: string, environment: Readonly<Record<string, string | undefined>>): string {
	return name === 'DATABASE_URL' ? '…' : (environment[name] ?? '');
}
