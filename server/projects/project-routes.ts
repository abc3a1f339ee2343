import * as z from 'zod';

import { AppError } from '#lib/protocol/errors.ts';
import {
	membership,
	membershipChange,
	projectList,
	projectPage,
	signUp,
	signUpReceipt,
	tokenRequest,
} from '#lib/protocol/projects.ts';
import { calendarDay } from '#server/calendar-day.ts';
import type { Clock } from '#server/clock.ts';
import type { Database } from '#server/db/client.ts';
import { rateLimit } from '#server/http/rate-limit.ts';
import { nothing, route, type Route } from '#server/http/route.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import type { MembershipService } from './membership.ts';
import { presentEdition, presentListItem, presentProject } from './project-page-presenter.ts';
import { findEdition, findProject, listOrigins, listProjects, type EditionRow } from './project-page-queries.ts';

const inEdition = z.object({ edition: z.string().min(1).max(200) });
const ofProject = inEdition.extend({ slug: z.string().min(1).max(200) });

/** A hall is one address, and all of it signs up within a few minutes; a person hardly does so ten times an hour. */
const usesPerAddress = 600;
const signUpsPerEmail = 10;
const perSeconds = 60 * 60;

export type ProjectRoutesOptions = {
	readonly database: Database;
	readonly clock: Clock;
	readonly memberships: MembershipService;
};

/** What the public reads of projects, and how people sign up, change their mind and withdraw. */
export function projectRoutes({ database, clock, memberships }: ProjectRoutesOptions): Route[] {
	const byAddress = rateLimit(usesPerAddress, perSeconds);
	const byEmail = rateLimit(signUpsPerEmail, perSeconds);

	return [
		route({
			method: 'get',
			path: '/editions/:edition/projects',
			summary: 'The projects of an edition, newest first',
			access: 'public',
			params: inEdition,
			response: projectList,
			async handle({ params }) {
				const edition = await requireEdition(database, params.edition);
				const projects = await listProjects(database, edition.id);
				return { edition: presentEdition(edition), projects: projects.map(presentListItem) };
			},
		}),
		route({
			method: 'get',
			path: '/editions/:edition/projects/:slug',
			summary: 'A project with its sheet and the notes it grew out of',
			access: 'public',
			params: ofProject,
			response: projectPage,
			async handle({ params }) {
				const edition = await requireEdition(database, params.edition);
				const project = await findProject(database, edition.id, params.slug);
				if (project === undefined) throw new AppError('project.unknown');
				const origins = await listOrigins(database, project.id);
				const texts = project.sheetId === null ? {} : await readTextDocument(database, project.sheetId);
				return presentProject(project, edition, origins, texts, calendarDay(clock.now()));
			},
		}),
		route({
			method: 'post',
			path: '/editions/:edition/projects/:slug/members',
			summary: 'Join, help or follow a project; the answer is the same whether or not the address is known',
			access: 'public',
			params: ofProject,
			body: signUp,
			response: signUpReceipt,
			async handle({ params, body, language, address }) {
				await byAddress.use(address);
				await byEmail.use(`${params.slug} ${body.email}`);
				return { token: await memberships.signUp(params, body, language) };
			},
		}),
		route({
			method: 'post',
			path: '/project-memberships/look',
			summary: "One's own entry in a project, by the link that came with it",
			access: 'public',
			body: tokenRequest,
			response: membership,
			async handle({ body, address }) {
				await byAddress.use(address);
				return memberships.look(body.token);
			},
		}),
		route({
			method: 'post',
			path: '/project-memberships/change',
			summary: "Change how one takes part, by the link of one's entry",
			access: 'public',
			body: membershipChange,
			response: membership,
			async handle({ body, address }) {
				await byAddress.use(address);
				return memberships.change(body);
			},
		}),
		route({
			method: 'post',
			path: '/project-memberships/withdraw',
			summary: 'Withdraw from a project: name, address and message are deleted at once',
			access: 'public',
			body: tokenRequest,
			response: nothing,
			async handle({ body, address }) {
				await byAddress.use(address);
				await memberships.withdraw(body.token);
				return undefined;
			},
		}),
	];
}

async function requireEdition(database: Database, slug: string): Promise<EditionRow> {
	const edition = await findEdition(database, slug);
	if (edition === undefined) throw new AppError('page.unknown');
	return edition;
}
