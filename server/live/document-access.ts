import type { IncomingMessage } from 'node:http';
import * as z from 'zod';

import { colourOfTable } from '#lib/domain/idea.ts';
import type { BoardId, TableId } from '#lib/domain/ids.ts';
import { can, type Actor } from '#lib/domain/policy.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Database } from '#server/db/client.ts';
import type { Identify } from '#server/identity.ts';
import type { Authorize, CaretIdentity, SyncAccess } from '#server/sync/access.ts';

import { roleOf, type MayFacilitate } from './actor-lookup.ts';
import type { LiveWorkshops } from './live-workshops.ts';
import { findDocumentLocation, type DocumentLocation } from './state-queries.ts';
import { policyContext, type WorkshopState } from './workshop-state.ts';

export type DocumentAccessOptions = {
	readonly database: Database;
	readonly workshops: LiveWorkshops;
	readonly identify: Identify;
	readonly mayFacilitate: MayFacilitate;
};

const documentIdSchema = z.uuid();
/** The roles that one browser may have at once, those with more rights first. */
const roles = ['facilitator', 'table', 'participant'] as const;

/**
 * Says who may read and write which board and text document, by the same policy as commands.
 * A browser that is several persons at once (a facilitator who also joined) gets the most that any of them may do.
 */
export function createDocumentAccess(options: DocumentAccessOptions): Authorize {
	return async (request: IncomingMessage, documentId: string): Promise<SyncAccess> => {
		if (!documentIdSchema.safeParse(documentId).success) return { kind: 'denied', code: 'document.unknown' };
		const location = await findDocumentLocation(options.database, documentId);
		if (location === undefined) return { kind: 'denied', code: 'document.unknown' };
		const identity = await options.identify(request.headers.cookie);
		const room = await options.workshops.room(location.workshopId);
		const state = await room.queue.read((current) => current);

		let best: SyncAccess = { kind: 'denied', code: 'session.missing' };
		for (const audience of roles) {
			try {
				const role = await roleOf(identity, audience, state, options.mayFacilitate);
				const access = accessOf(role.actor(state), role.name, location, documentId, state);
				best = better(best, access);
			} catch (error) {
				if (!(error instanceof AppError)) throw error;
				if (best.kind === 'denied' && error.code !== 'session.missing') best = { kind: 'denied', code: error.code };
			}
		}
		return best;
	};
}

function accessOf(
	actor: Actor,
	name: string,
	{ kind, tableId }: DocumentLocation,
	documentId: string,
	state: WorkshopState,
): SyncAccess {
	const context = policyContext(state);
	if (kind === 'board') {
		const verdict = can(actor, { name: 'board.read', board: { boardId: documentId as BoardId, tableId } }, context);
		return verdict.allowed ? { kind, subject: actor.id } : { kind: 'denied', code: verdict.code };
	}
	const reading = can(actor, { name: 'sheet.read', tableId }, context);
	if (!reading.allowed) return { kind: 'denied', code: reading.code };
	const mayWrite = can(actor, { name: 'sheet.write', tableId }, context).allowed;
	return { kind: 'text', subject: actor.id, mayWrite, identity: caretOf(actor, name, tableId, state) };
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
