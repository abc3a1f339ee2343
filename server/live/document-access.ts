import * as z from 'zod';

import { colourOfTable } from '#lib/domain/idea.ts';
import type { BoardId, TableId } from '#lib/domain/ids.ts';
import { can, type Actor } from '#lib/domain/policy.ts';
import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import type { Database } from '#server/db/client.ts';
import type { Identify } from '#server/identity.ts';
import type { Authorize, CaretIdentity, SyncAccess, Visitor } from '#server/sync/access.ts';

import { roleOf, type MayFacilitate, type Role } from './actor-lookup.ts';
import type { LiveWorkshops } from './live-workshops.ts';
import { findDocumentLocation, type DocumentLocation } from './state-queries.ts';
import { policyContext, tableOf, type WorkshopState } from './workshop-state.ts';

export type DocumentAccessOptions = {
	readonly database: Database;
	readonly workshops: LiveWorkshops;
	readonly identify: Identify;
	readonly mayFacilitate: MayFacilitate;
};

const documentIdSchema = z.uuid();
/** The roles that one browser may have at once, those with more rights first. */
const roles = ['facilitator', 'table', 'participant'] as const;

/** Where a document belongs never changes; so many are remembered. */
const rememberedLocations = 20_000;

/**
 * Says who may read and write which board and text document, by the same policy as commands.
 * A browser that is several persons at once (a facilitator who also joined) gets the most that any of them may do.
 */
export function createDocumentAccess(options: DocumentAccessOptions): Authorize {
	const locations = new Map<string, DocumentLocation>();

	async function locate(documentId: string): Promise<DocumentLocation | undefined> {
		const known = locations.get(documentId);
		if (known !== undefined || !documentIdSchema.safeParse(documentId).success) return known;
		const location = await findDocumentLocation(options.database, documentId);
		if (location === undefined) return undefined;
		if (locations.size >= rememberedLocations) locations.clear();
		locations.set(documentId, location);
		return location;
	}

	return async ({ cookie }: Visitor, documentId: string): Promise<SyncAccess> => {
		const location = await locate(documentId);
		if (location === undefined) return { kind: 'denied', code: 'document.unknown' };
		const identity = await options.identify(cookie);
		const room = await options.workshops.room(location.workshopId);
		const state = await room.queue.read((current) => current);
		const here: Role[] = [];
		let refusedWith: ErrorCode = 'session.missing';
		for (const audience of roles) {
			try {
				here.push(await roleOf(identity, audience, state, options.mayFacilitate));
			} catch (error) {
				if (!(error instanceof AppError)) throw error;
				if (error.code !== 'session.missing') refusedWith = error.code;
			}
		}
		const played = here.slice();
		const review = (): SyncAccess => {
			const current = options.workshops.committedState(location.workshopId);
			return bestAccess(played, location, documentId, current, refusedWith, review);
		};
		return room.queue.read(review);
	};
}

/** The most that any of somebody's roles may do. */
function bestAccess(
	here: readonly Role[],
	location: DocumentLocation,
	documentId: string,
	state: WorkshopState,
	refusedWith: ErrorCode,
	review: () => SyncAccess,
): SyncAccess {
	let best: SyncAccess = { kind: 'denied', code: refusedWith };
	for (const role of here) {
		try {
			best = better(best, accessOf(role.actor(state), role.name, location, documentId, state, review));
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			if (best.kind === 'denied') best = { kind: 'denied', code: error.code };
		}
	}
	return best;
}

function accessOf(
	actor: Actor,
	name: string,
	{ kind, tableId }: DocumentLocation,
	documentId: string,
	state: WorkshopState,
	review: () => SyncAccess,
): SyncAccess {
	const context = policyContext(state, tableOf(actor));
	const granted = { subject: actor.id, scope: state.workshop.id, review };
	if (kind === 'board') {
		const verdict = can(actor, { name: 'board.read', board: { boardId: documentId as BoardId, tableId } }, context);
		return verdict.allowed ? { kind, ...granted } : { kind: 'denied', code: verdict.code };
	}
	const reading = can(actor, { name: 'sheet.read', tableId }, context);
	if (!reading.allowed) return { kind: 'denied', code: reading.code };
	const mayWrite = can(actor, { name: 'sheet.write', tableId }, context).allowed;
	return { kind: 'text', ...granted, mayWrite, identity: caretOf(actor, name, tableId, state) };
}

/** How somebody's caret is labelled. Co-writing isn't anonymous, but a nickname is nobody's duty. */
function caretOf(actor: Actor, name: string, tableId: TableId | null, state: WorkshopState): CaretIdentity | null {
	const table = tableId === null ? undefined : state.tables.get(tableId);
	const colour = colourOfTable(Number.parseInt(actor.id.slice(0, 4), 16));
	switch (actor.kind) {
		case 'participant':
			return { name: state.participants.get(actor.id)?.nickname ?? '', colour };
		case 'table':
			return { name: table?.name ?? '', colour };
		case 'facilitator':
			return { name, colour };
		case 'screen':
			return null;
	}
}

function better(left: SyncAccess, right: SyncAccess): SyncAccess {
	return rank(right) > rank(left) ? right : left;
}

function rank(access: SyncAccess): number {
	if (access.kind === 'denied') return access.code === 'session.missing' ? 0 : 1;
	return access.kind === 'text' && access.mayWrite ? 3 : 2;
}
