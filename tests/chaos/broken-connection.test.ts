import { once } from 'node:events';
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from 'node:net';

import { expect, test } from 'vitest';

import { connect, splitSocket } from '#server/db/client.ts';

import { createTestDatabase } from '../helpers/database.ts';

test('a transaction whose connection breaks with an error leaves nothing behind on the next connection', async () => {
	await using database = await createTestDatabase();
	await using road = await breakableRoad(database.url);
	// One connection, so that what follows goes over the one that broke.
	const sql = connect(road.url, { max: 1 });
	for (let round = 1; round <= 5; round += 1) {
		await sql`select ${round}::integer`;
		const broken = sql.begin(async (tx) => {
			const slow = (seconds: number) => tx`select pg_sleep(${seconds}::double precision)`;
			// A statement that is known to the server already is written at once, and so is the rollback behind it.
			await slow(0);
			road.break();
			await slow(0.01);
		});
		await expect(broken).rejects.toThrow();
		const asked = sql.begin((tx) => tx<{ round: number }[]>`select ${round}::integer as round, ${'again'}::text`);
		expect((await asked).map((row) => row.round)).toEqual([round]);
	}
	await sql.end({ timeout: 1 });
});

/** A way to the database whose connections can be reset, which programs are told as an error before the close. */
async function breakableRoad(databaseUrl: string): Promise<AsyncDisposable & { readonly url: string; break(): void }> {
	const { address, socketPath } = splitSocket(databaseUrl);
	const { hostname, port } = new URL(address);
	const callers = new Set<Socket>();
	const server = createServer((near) => {
		const far = socketPath === undefined ? connectTcp(Number(port || 5432), hostname) : connectTcp(socketPath);
		callers.add(near);
		near.on('error', () => undefined).on('close', () => far.destroy());
		far.on('error', () => undefined).on('close', () => near.destroy());
		near.pipe(far).pipe(near);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = new URL(address);
	url.hostname = '127.0.0.1';
	url.port = String((server.address() as AddressInfo).port);
	const reset = () => {
		for (const near of callers) near.resetAndDestroy();
		callers.clear();
	};
	return {
		url: url.href,
		break: reset,
		async [Symbol.asyncDispose]() {
			reset();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
