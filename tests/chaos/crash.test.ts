import { expect, test } from 'vitest';

import { createTestDatabase } from '../helpers/database.ts';
import { times } from '../helpers/thoroughness.ts';
import { ChaosServer } from './chaos-server.ts';
import { saveSlowly, seedEvening } from './evening.ts';
import { Load } from './load.ts';

const kills = times(3, 20);

test(
	'whatever was acknowledged survives kill -9, and what was in flight arrives once',
	{ timeout: 400_000 },
	async () => {
		await using database = await createTestDatabase();
		const evening = await seedEvening(database.sql, 14);
		await saveSlowly(database.sql, 'writing');
		await using server = await ChaosServer.start(database.url);
		await using load = await Load.begin(server, evening, { writers: 7, voters: 4, scribes: 3 }, 1);
		load.start();
		for (let kill = 0; kill < kills; kill += 1) {
			await load.goesOn();
			await server.end('SIGKILL');
			expect(await load.rowFaults(database.sql)).toEqual([]);
			await server.start();
		}
		await load.goesOn();
		await load.rest();
		expect(await load.rowFaults(database.sql)).toEqual([]);
		expect(await load.replicaFaults(database.sql)).toEqual([]);
	},
);
