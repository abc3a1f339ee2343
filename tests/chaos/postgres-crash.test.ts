import { expect, test } from 'vitest';

import { times } from '../helpers/thoroughness.ts';
import { ChaosServer } from './chaos-server.ts';
import { CrashingPostgres } from './crashing-postgres.ts';
import { saveSlowly, seedEvening } from './evening.ts';
import { Load } from './load.ts';

const crashes = times(1, 5);

test(
	'a crash of Postgres costs nobody anything: the server waits for it and goes on',
	{ timeout: 300_000 },
	async () => {
		await using postgres = await CrashingPostgres.start();
		const evening = await seedEvening(postgres.sql, 14);
		await saveSlowly(postgres.sql, 'writing');
		await using server = await ChaosServer.start(postgres.url);
		await using load = await Load.begin(server, evening, { writers: 7, voters: 4, scribes: 3 }, 2);

		for (let crash = 0; crash < crashes; crash += 1) {
			load.start();
			await load.goesOn();
			await postgres.crash();
			await load.goesOn();
			await load.rest();
			expect(await load.rowFaults(postgres.sql)).toEqual([]);
			expect(await load.replicaFaults(postgres.sql)).toEqual([]);
		}

		load.start();
		await load.goesOn();
		await postgres.crashBackend();
		await load.goesOn();
		await load.rest();
		expect(await load.rowFaults(postgres.sql)).toEqual([]);
		expect(await load.replicaFaults(postgres.sql)).toEqual([]);
		expect(server.isRunning).toBe(true);
	},
);
