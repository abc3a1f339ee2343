import * as z from 'zod';

import { projectId, type ProjectId, type WorkshopId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { memberList, projectChange } from '#lib/protocol/projects.ts';
import { requireEditionRole } from '#server/accounts/access-service.ts';
import type { Database } from '#server/db/client.ts';
import { nothing, route, type Route } from '#server/http/route.ts';
import type { Identity } from '#server/identity.ts';

import { findProjectForTeam, listMembers, updateProject, type ProjectForTeam } from './member-queries.ts';

export type ProjectTeamRoutesOptions = {
	readonly database: Database;
	/** Awaited after the commit, so that nobody is shown what was taken from the public a moment ago. */
	readonly projectChanged: (workshopId: WorkshopId) => Promise<void>;
};

/** What those who run the edition see and change of a project. */
export function projectTeamRoutes({ database, projectChanged }: ProjectTeamRoutesOptions): Route[] {
	return [
		route({
			method: 'get',
			path: '/projects/:projectId/members',
			summary: 'Who joins, helps and follows a project, with addresses',
			access: 'account',
			params: z.object({ projectId }),
			response: memberList,
			async handle({ params, identity }) {
				const { workshopId: _, ...project } = await requireProject(database, identity, params.projectId);
				const members = await listMembers(database, project.id);
				return { project, members: members.map((member) => ({ ...member, since: member.since.toISOString() })) };
			},
		}),
		route({
			method: 'patch',
			path: '/projects/:projectId',
			summary: 'Change the stage, the summary or whether a project is public',
			access: 'account',
			params: z.object({ projectId }),
			body: projectChange,
			response: nothing,
			async handle({ params, body, identity }) {
				const project = await requireProject(database, identity, params.projectId);
				await updateProject(database, project.id, body);
				if (project.workshopId !== null) await projectChanged(project.workshopId);
				return undefined;
			},
		}),
	];
}

/** @throws AppError `project.unknown`, `access.denied` */
async function requireProject(database: Database, identity: Identity, id: ProjectId): Promise<ProjectForTeam> {
	const project = await findProjectForTeam(database, id);
	if (project === undefined) throw new AppError('project.unknown');
	await requireEditionRole(database, identity, project.editionId);
	return project;
}
