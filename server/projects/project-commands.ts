import type { ProjectId } from '#lib/domain/ids.ts';
import type { CommandHandlers } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireFacilitator, requireTable } from '#server/live/require.ts';
import type { Project } from '#server/live/workshop-state.ts';

import { insertProject, insertProjectIdeas } from './founding-queries.ts';
import { challengeOf, chosenIdeas, provenanceOf } from './provenance.ts';
import { slugOf } from './slug.ts';

/** Founding a project: from then on it has a page of its own, and knows every note it came from. */
export const projectCommands: CommandHandlers<'project.found'> = {
	'project.found'({ title, summary, tableId, ideaIds, groupIds }, context) {
		const { state, now, newId } = context;
		requireFacilitator(context);
		if (tableId !== null) requireTable(state, tableId);
		const ideas = provenanceOf(state, chosenIdeas(state, { ideaIds, groupIds }));
		const id = newId() as ProjectId;
		const slug = slugOf(title, id);
		const project: Project = {
			id,
			slug,
			title,
			tableId,
			ideas: ideas.length,
			joined: 0,
			helping: 0,
			following: 0,
			published: true,
		};
		const row = {
			id,
			editionId: state.workshop.editionId,
			workshopId: state.workshop.id,
			tableId,
			slug,
			title,
			summary: summary.trim(),
			challenge: challengeOf(state, tableId, ideas),
			foundedAt: new Date(now),
		};
		return {
			changes: [
				{
					type: 'run',
					run: async (tx) => {
						await insertProject(tx, row);
						await insertProjectIdeas(tx, id, ideas);
						return [
							{ type: 'put', entity: 'project', row: project },
							logged('project.found', { subjectId: id, detail: { ideas: ideas.length } }),
						];
					},
				},
			],
			result: { projectSlug: slug },
		};
	},
};
