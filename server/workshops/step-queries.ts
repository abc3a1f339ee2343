import type { StepId, WorkshopId } from '#lib/domain/ids.ts';
import type { StepContent } from '#lib/protocol/workshops.ts';
import type { Sql } from '#server/db/client.ts';

export type StepRow = StepContent & { readonly id: StepId; readonly position: number };

export async function selectSteps(sql: Sql, workshopId: WorkshopId): Promise<StepRow[]> {
	return sql<StepRow[]>`
		select id, position, kind, title, prompt, duration_ms as "durationMs", rules
		from step where workshop_id = ${workshopId} order by position
	`;
}

/** The steps that the room or a table is in now. */
export async function selectRunningSteps(sql: Sql, workshopId: WorkshopId): Promise<Set<StepId>> {
	const rows = await sql<{ id: StepId }[]>`
		select current_step_id as id from workshop where id = ${workshopId} and current_step_id is not null
		union
		select step_id as id from workshop_table where workshop_id = ${workshopId} and step_id is not null
	`;
	return new Set(rows.map(({ id }) => id));
}

/** The steps that are running, and those in which ideas were written. */
export async function selectUsedSteps(sql: Sql, workshopId: WorkshopId): Promise<Set<StepId>> {
	const rows = await sql<{ id: StepId }[]>`
		select s.id from step s
		where s.workshop_id = ${workshopId} and exists (select 1 from idea i where i.step_id = s.id)
	`;
	return (await selectRunningSteps(sql, workshopId)).union(new Set(rows.map(({ id }) => id)));
}

/** Inserts a step at a position that is free, or freed before the transaction ends. */
export async function insertStep(
	sql: Sql,
	workshopId: WorkshopId,
	position: number,
	step: StepContent,
): Promise<StepId> {
	const [row] = await sql<[{ id: StepId }]>`
		insert into step (workshop_id, position, kind, title, prompt, duration_ms, rules)
		values (
			${workshopId}, ${position}, ${step.kind}, ${sql.json(step.title)}, ${sql.json(step.prompt)},
			${step.durationMs}, ${sql.json(step.rules)}
		)
		returning id
	`;
	return row.id;
}

export async function updateStep(sql: Sql, id: StepId, step: StepContent): Promise<void> {
	await sql`
		update step set
			kind = ${step.kind}, title = ${sql.json(step.title)}, prompt = ${sql.json(step.prompt)},
			duration_ms = ${step.durationMs}, rules = ${sql.json(step.rules)}
		where id = ${id}
	`;
}

export async function deleteStep(sql: Sql, id: StepId): Promise<void> {
	await sql`delete from step where id = ${id}`;
}

/** Gives the steps the positions of this order, counted from 0. */
export async function orderSteps(sql: Sql, ids: readonly StepId[]): Promise<void> {
	await sql`
		update step set position = wanted.position - 1
		from unnest(${[...ids]}::uuid[]) with ordinality as wanted (id, position)
		where step.id = wanted.id
	`;
}
