import type { AccountId, EditionId, ProgrammeId, TemplateId } from '#lib/domain/ids.ts';
import type { StepContent } from '#lib/protocol/workshops.ts';
import type { Sql } from '#server/db/client.ts';

export type TemplateRow = {
	readonly id: TemplateId;
	readonly name: string;
	/** As it was stored: to be parsed. */
	readonly steps: unknown;
	readonly savedBy: string | null;
	readonly savedAt: Date;
};

/** Nobody else adds or renames a template of this programme until the transaction ends. */
export async function lockTemplates(sql: Sql, programmeId: ProgrammeId): Promise<void> {
	await sql`select 1 from programme where id = ${programmeId} for update`;
}

export async function selectTemplates(sql: Sql, programmeId: ProgrammeId): Promise<TemplateRow[]> {
	return sql<TemplateRow[]>`
		select t.id, t.name, t.steps, a.name as "savedBy", t.saved_at as "savedAt"
		from step_template t left join account a on a.id = t.saved_by
		where t.programme_id = ${programmeId} order by lower(t.name), t.id
	`;
}

/** A template of the programme that the edition belongs to. */
export async function findTemplateForEdition(
	sql: Sql,
	editionId: EditionId,
	id: TemplateId,
): Promise<{ readonly steps: unknown } | undefined> {
	const [row] = await sql<{ steps: unknown }[]>`
		select t.steps from step_template t join edition e on e.programme_id = t.programme_id
		where e.id = ${editionId} and t.id = ${id}
	`;
	return row;
}

export type SavedSteps = {
	readonly steps: readonly StepContent[];
	readonly savedBy: AccountId;
	readonly savedAt: Date;
};

export async function insertTemplate(
	sql: Sql,
	programmeId: ProgrammeId,
	{ name, steps, savedBy, savedAt }: SavedSteps & { readonly name: string },
): Promise<void> {
	await sql`
		insert into step_template (programme_id, name, steps, saved_by, saved_at)
		values (${programmeId}, ${name}, ${sql.json([...steps])}, ${savedBy}, ${savedAt})
	`;
}

export async function updateTemplateSteps(
	sql: Sql,
	id: TemplateId,
	{ steps, savedBy, savedAt }: SavedSteps,
): Promise<void> {
	await sql`
		update step_template set steps = ${sql.json([...steps])}, saved_by = ${savedBy}, saved_at = ${savedAt}
		where id = ${id}
	`;
}

export async function updateTemplateName(sql: Sql, id: TemplateId, name: string): Promise<void> {
	await sql`update step_template set name = ${name} where id = ${id}`;
}

/** Whether there was one. */
export async function deleteTemplate(sql: Sql, programmeId: ProgrammeId, id: TemplateId): Promise<boolean> {
	const rows = await sql`
		delete from step_template where id = ${id} and programme_id = ${programmeId} returning id
	`;
	return rows.length > 0;
}
