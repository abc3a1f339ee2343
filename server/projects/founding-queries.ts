import type { EditionId, ProjectId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { Sql } from '#server/db/client.ts';

import type { ProjectIdea } from './provenance.ts';

export type NewProject = {
	readonly id: ProjectId;
	readonly editionId: EditionId;
	readonly workshopId: WorkshopId;
	/** Its sheet is the project's, too. */
	readonly tableId: TableId | null;
	readonly slug: string;
	readonly title: string;
	readonly summary: string;
	readonly challenge: LocalizedText | null;
	readonly foundedAt: Date;
};

export async function insertProject(sql: Sql, project: NewProject): Promise<void> {
	await sql`
		insert into project (id, edition_id, workshop_id, table_id, slug, title, summary, challenge, founded_at)
		values (${project.id}, ${project.editionId}, ${project.workshopId}, ${project.tableId}, ${project.slug},
			${project.title}, ${project.summary}, ${project.challenge === null ? null : sql.json(project.challenge)},
			${project.foundedAt})`;
}

export async function insertProjectIdeas(sql: Sql, projectId: ProjectId, ideas: readonly ProjectIdea[]): Promise<void> {
	await sql`
		insert into project_idea (
			project_id, idea_id, position, text, board_id, table_id, table_name, workshop_id, group_title, votes)
		select ${projectId}, "ideaId", position, text, "boardId", "tableId", "tableName", "workshopId", "groupTitle", votes
		from jsonb_to_recordset(${sql.json(ideas)}) as idea(
			"ideaId" uuid, position integer, text text, "boardId" uuid, "tableId" uuid, "tableName" text,
			"workshopId" uuid, "groupTitle" text, votes jsonb)`;
}
