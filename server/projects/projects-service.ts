import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import type { Route } from '#server/http/route.ts';
import type { CommandHandlers } from '#server/live/command-handler.ts';
import type { LiveService } from '#server/live/live-service.ts';
import type { Logger } from '#server/logger.ts';

import { createMembershipService } from './membership.ts';
import { projectCommands } from './project-commands.ts';
import { projectRoutes } from './project-routes.ts';
import { projectTeamRoutes } from './team-routes.ts';

export type ProjectsService = {
	readonly commands: CommandHandlers<'project.found'>;
	readonly routes: readonly Route[];
};

/** When a whole room signs up, live screens follow at this pace. */
const reloadEveryMs = 2_000;

export function createProjectsService(options: {
	readonly database: Database;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly reload: LiveService['reload'];
}): ProjectsService {
	const { database, clock, logger, reload } = options;
	const due = new Map<WorkshopId, NodeJS.Timeout>();

	function changed(workshopId: WorkshopId): void {
		if (due.has(workshopId)) return;
		const timer = setTimeout(() => {
			due.delete(workshopId);
			reload(workshopId).catch((error: unknown) => {
				logger.warn({ err: error, workshopId }, 'a live workshop could not be read again after its projects changed');
			});
		}, reloadEveryMs);
		due.set(workshopId, timer.unref());
	}

	const memberships = createMembershipService({ database, clock, membersChanged: changed });
	return {
		commands: projectCommands,
		routes: [
			...projectRoutes({ database, clock, memberships }),
			...projectTeamRoutes({ database, projectChanged: reload }),
		],
	};
}
