import { type Readable, type Writable } from 'node:stream';

import { type Sql, type Transaction } from '../db/client.ts';

export type TableShape = { name: string; columns: string[] };
export type OrderedTable = TableShape & { primaryKey: string[] };
export type SequenceState = { name: string; lastValue: number; isCalled: boolean };
export type ForeignKey = { table: string; name: string; definition: string };

/** The tables of the program with the columns that hold data of their own, in a fixed order. */
export async function listTables(sql: Sql): Promise<OrderedTable[]> {
	return sql<OrderedTable[]>`
		select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns,
			coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attnum = any(i.indkey)), '{}') as "primaryKey"
		from pg_class c
		join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
		left join pg_index i on i.indrelid = c.oid and i.indisprimary
		where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
		group by c.relname
		order by c.relname
	`;
}

export async function countRows(sql: Sql, table: string): Promise<number> {
	const [row] = await sql<[{ count: number }]>`select count(*) as count from ${sql(table)}`;
	return row.count;
}

export async function listSequences(sql: Sql): Promise<SequenceState[]> {
	const names = await sql<{ name: string }[]>`
		select relname as name from pg_class
		where relnamespace = current_schema()::regnamespace and relkind = 'S'
		order by relname
	`;
	return Promise.all(
		names.map(async ({ name }) => {
			const [state] = await sql<[Omit<SequenceState, 'name'>]>`
				select last_value as "lastValue", is_called as "isCalled" from ${sql(name)}
			`;
			return { name, ...state };
		}),
	);
}

export async function setSequence(sql: Sql, { name, lastValue, isCalled }: SequenceState): Promise<void> {
	await sql`select setval(quote_ident(${name})::regclass, ${lastValue}, ${isCalled})`;
}

/**
 * The rows in the order of their keys, and not in that of the disk: where ballots of an open vote lie would tell which came first,
 * and so, beside the command log, whose they are.
 */
export function copyOut(sql: Sql, { name, columns, primaryKey }: OrderedTable): Promise<Readable> {
	const order = primaryKey.length === 0 ? columns : primaryKey;
	return sql`copy (select ${sql(columns)} from ${sql(name)} order by ${sql(order)}) to stdout (format binary)`.readable();
}

export function copyIn(sql: Sql, { name, columns }: TableShape): Promise<Writable> {
	return sql`copy ${sql(name)} (${sql(columns)}) from stdin (format binary)`.writable();
}

/** Whether anything is in the schema. */
export async function hasTables(sql: Sql): Promise<boolean> {
	const [row] = await sql<[{ any: boolean }]>`
		select exists (
			select from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'
		) as any
	`;
	return row.any;
}

/** Empties the schema of everything: tables, functions, types. */
export async function clearSchema(sql: Transaction): Promise<void> {
	const [row] = await sql<[{ schema: string }]>`select current_schema() as schema`;
	await sql`drop schema ${sql(row.schema)} cascade`;
	await sql`create schema ${sql(row.schema)}`;
}

/**
 * Takes away the foreign keys, so that tables can be filled in any order, whatever refers to what.
 * @returns what {@link addForeignKeys} puts back, which checks the rows
 */
export async function dropForeignKeys(sql: Transaction): Promise<ForeignKey[]> {
	const keys = await sql<ForeignKey[]>`
		select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
		from pg_constraint k
		join pg_class c on c.oid = k.conrelid
		where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace
		order by c.relname, k.conname
	`;
	for (const { table, name } of keys) await sql`alter table ${sql(table)} drop constraint ${sql(name)}`;
	return keys;
}

export async function addForeignKeys(sql: Transaction, keys: readonly ForeignKey[]): Promise<void> {
	for (const { table, name, definition } of keys) {
		await sql`alter table ${sql(table)} add constraint ${sql(name)} ${sql.unsafe(definition)}`;
	}
}

/** Rows that migrations have put there themselves would stand in the way of the same rows from a backup. */
export async function emptyTables(sql: Transaction, tables: readonly TableShape[]): Promise<void> {
	for (const { name } of tables) await sql`delete from ${sql(name)}`;
}

/** What the program's own triggers would do to the rows, they have done to them before the backup. */
export async function silenceTriggers(sql: Transaction, tables: readonly TableShape[]): Promise<void> {
	for (const { name } of tables) await sql`alter table ${sql(name)} disable trigger user`;
}

export async function wakeTriggers(sql: Transaction, tables: readonly TableShape[]): Promise<void> {
	for (const { name } of tables) await sql`alter table ${sql(name)} enable trigger user`;
}
