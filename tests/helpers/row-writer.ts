/**
 * A small program on the embedded Postgres: writes rows without end, several at a time, and prints the number of each
 * one that was acknowledged. Started as `node row-writer.ts DATA_DIR FIRST`.
 */
import { setTimeout as delay } from 'node:timers/promises';

import { connect } from '#server/db/client.ts';
import { EmbeddedPostgres } from '#server/db/embedded.ts';

const [dataDir = '', first = '0'] = process.argv.slice(2);
const print = (line: string) => process.stdout.write(`${line}\n`);

const server = await EmbeddedPostgres.start({ dataDir, onRestart: () => print('restarting') });
const database = connect(server.url);
await database`create table if not exists written (number integer primary key)`;
print(`ready ${server.serverPid ?? 0}`);

let next = Number(first);
await Promise.all(
	Array.from({ length: 8 }, async () => {
		for (;;) {
			const number = next++;
			try {
				await database`insert into written (number) values (${number})`;
				print(`wrote ${number}`);
			} catch {
				// The server is away; this row was not acknowledged.
				await delay(20);
			}
		}
	}),
);
