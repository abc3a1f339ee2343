import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestProject } from 'vitest/node';

import { connect, withDatabase } from '#server/db/client.ts';
import { EmbeddedPostgres } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';

/**
 * One Postgres for a run of tests, with a migrated template that every test database is cloned from. The projects that
 * end in `-server` run on the server that `TEST_DATABASE_URL` names, the others on an embedded one.
 */

declare module 'vitest' {
	interface ProvidedContext {
		databaseServer: { url: string; template: string };
	}
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const server = project.name.endsWith('-server') ? await namedServer() : await embeddedServer();
	const template = `boost_template_${process.pid}_${Date.now()}`;
	await inServer(server.url, (name) => `create database ${name}`, template);
	const database = connect(withDatabase(server.url, template), { max: 1 });
	try {
		await migrate(database);
	} finally {
		await database.end();
	}
	project.provide('databaseServer', { url: server.url, template });
	return async () => {
		await inServer(server.url, (name) => `drop database if exists ${name}`, template);
		await server.stop();
	};
}

async function inServer(url: string, statement: (name: string) => string, name: string): Promise<void> {
	const database = connect(url, { max: 1 });
	try {
		await database.unsafe(statement(`"${name}"`));
	} finally {
		await database.end();
	}
}

async function embeddedServer(): Promise<{ url: string; stop: () => Promise<void> }> {
	const dataDir = await mkdtemp(path.join(tmpdir(), 'boost-tests-'));
	// The tests of crashes start servers of their own; here nothing needs to survive the machine.
	const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
	const server = await EmbeddedPostgres.start({ dataDir, settings });
	return {
		url: server.url,
		async stop() {
			await server.stop();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

async function namedServer(): Promise<{ url: string; stop: () => Promise<void> }> {
	const url = process.env.TEST_DATABASE_URL;
	if (url === undefined) throw new Error('Set TEST_DATABASE_URL to the address of a Postgres server.');
	return Promise.resolve({ url, stop: () => Promise.resolve() });
}
