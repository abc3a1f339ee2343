import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { connect, type Transaction } from '#server/db/client.ts';
import { GroupCommit, type CommitLane, type CommitSource } from '#server/db/group-commit.ts';
import { createLogger } from '#server/logger.ts';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';

type Line = { readonly words: string; readonly alone?: boolean };

/** Writes lines; `poison` violates the table's rule. */
const lines: CommitLane<Line> = {
	async write(tx: Transaction, entries) {
		await tx`insert into line (words) select * from unnest(${entries.map(({ words }) => words)}::text[])
			on conflict do nothing`;
	},
	isAlone: ({ alone }) => alone === true,
};
const otherLines: CommitLane<Line> = { write: (tx, entries) => lines.write(tx, entries, 0) };

/** A source that has one entry and notes what it is told. */
class Writer implements CommitSource<Line> {
	readonly lane: CommitLane<Line>;
	readonly told: string[] = [];
	readonly #line: Line;

	constructor(line: Line, lane = lines) {
		this.#line = line;
		this.lane = lane;
	}

	collect(): Line {
		return this.#line;
	}

	committed(): void {
		this.told.push('committed');
	}

	failed(_entry: Line, error: unknown): void {
		this.told.push(`failed: ${error instanceof Error ? error.message : String(error)}`);
	}
}

let database: TestDatabase;
let commits: GroupCommit;
beforeAll(async () => {
	database = await createTestDatabase();
	await database.sql`create table line (words text primary key check (words <> 'poison'))`;
});
afterAll(async () => {
	await database[Symbol.asyncDispose]();
});
beforeEach(async () => {
	await database.sql`truncate line`;
	commits = new GroupCommit({ database: database.sql, logger: createLogger('silent') });
});

async function write(...writers: readonly Writer[]): Promise<void> {
	for (const writer of writers) commits.request(writer);
	await vi.waitFor(() => {
		expect(writers.every(({ told }) => told.length > 0)).toBe(true);
	});
}

function transactionsOf() {
	return database.sql<{ words: string; xid: string }[]>`select words, xmin::text as xid from line order by words`;
}

describe('a group commit', () => {
	test('writes what comes from many sources and of several kinds in one transaction', async () => {
		const writers = [new Writer({ words: 'a' }), new Writer({ words: 'b' }), new Writer({ words: 'c' }, otherLines)];
		await write(...writers);
		const rows = await transactionsOf();
		expect(rows.map(({ words }) => words)).toEqual(['a', 'b', 'c']);
		expect(new Set(rows.map(({ xid }) => xid)).size).toBe(1);
		expect(writers.map(({ told }) => told)).toEqual([['committed'], ['committed'], ['committed']]);
	});

	test('writes what takes its time beside the others', async () => {
		await write(new Writer({ words: 'quick' }), new Writer({ words: 'slow', alone: true }));
		const [quick, slow] = await transactionsOf();
		expect(quick?.xid).not.toBe(slow?.xid);
	});

	test('finds the entry at fault and saves the others', async () => {
		const [good, bad, better] = [
			new Writer({ words: 'good' }),
			new Writer({ words: 'poison' }),
			new Writer({ words: 'better' }),
		];
		await write(good, bad, better);
		expect((await transactionsOf()).map(({ words }) => words)).toEqual(['better', 'good']);
		expect([good.told, better.told]).toEqual([['committed'], ['committed']]);
		expect(bad.told).toEqual([expect.stringMatching(/^failed: .*violates check constraint/)]);
	});

	test('is not held up by a source that throws', async () => {
		class Faulty extends Writer {
			override collect(): Line {
				this.told.push('threw');
				throw new Error('a fault of ours');
			}
		}
		const writer = new Writer({ words: 'fine' });
		await write(new Faulty({ words: 'never' }), writer);
		expect(writer.told).toEqual(['committed']);
	});

	test('waits for the database, tells who wants to know, and then saves what came meanwhile too', async () => {
		const told: string[] = [];
		const gone = connect('postgres://nobody@127.0.0.1:1/nowhere', { max: 1 });
		let target = gone;
		const switching = new Proxy(database.sql, {
			get: (_pool, key): unknown => (key === 'begin' ? target.begin.bind(target) : Reflect.get(database.sql, key)),
		});
		commits = new GroupCommit({
			database: switching,
			logger: createLogger('silent'),
			storageChanged: (storage) => told.push(storage),
		});
		const [early, late] = [new Writer({ words: 'early' }), new Writer({ words: 'late' })];
		commits.request(early);
		await vi.waitFor(() => {
			expect(commits.storage).toBe('late');
		});
		commits.request(late);
		expect([early.told, late.told]).toEqual([[], []]);
		target = database.sql;
		await commits.settled(5_000);
		expect([early.told, late.told]).toEqual([['committed'], ['committed']]);
		expect(told).toEqual(['late', 'ok']);
		await gone.end({ timeout: 1 });
	});

	test('that is stopped saves what waits, and then tells everybody that nothing is written any more', async () => {
		const [before, after] = [new Writer({ words: 'before' }), new Writer({ words: 'after' })];
		commits.request(before);
		await commits.stop(1_000);
		await write(after);
		expect(before.told).toEqual(['committed']);
		expect(after.told).toEqual(['failed: the server stops']);
		expect((await transactionsOf()).map(({ words }) => words)).toEqual(['before']);
	});
});
