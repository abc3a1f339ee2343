import type { AccountId, BoardId, DeviceId, ParticipantId, TableId, WorkshopId } from './ids.ts';
import type { StepRules } from './step.ts';
import { unreachable } from './unreachable.ts';

/**
 * Who acts. A participant is a person in one workshop (a guest by cookie), a table and a screen are paired devices,
 * a facilitator is an account with a role in the programme. The table writes, the person votes.
 */
export type Actor =
	| {
			readonly kind: 'participant';
			readonly id: ParticipantId;
			readonly workshopId: WorkshopId;
			readonly tableId: TableId | null;
			readonly blocked: boolean;
	  }
	| { readonly kind: 'table'; readonly id: DeviceId; readonly workshopId: WorkshopId; readonly tableId: TableId }
	| { readonly kind: 'screen'; readonly id: DeviceId; readonly workshopId: WorkshopId }
	| { readonly kind: 'facilitator'; readonly id: AccountId; readonly workshopId: WorkshopId };

/** A board belongs to one table, or (no table) to the plenary. */
export type BoardOwner = { readonly boardId: BoardId; readonly tableId: TableId | null };

export type Action =
	| { readonly name: 'idea.add'; readonly board: BoardOwner }
	| { readonly name: 'idea.change'; readonly board: BoardOwner; readonly author: IdeaAuthor }
	| { readonly name: 'board.read'; readonly board: BoardOwner }
	| { readonly name: 'board.arrange'; readonly board: BoardOwner }
	| { readonly name: 'vote.cast'; readonly tableId: TableId | null }
	| { readonly name: 'sheet.read'; readonly tableId: TableId | null }
	| { readonly name: 'sheet.write'; readonly tableId: TableId | null }
	| { readonly name: 'table.choose' }
	| { readonly name: 'table.signal'; readonly tableId: TableId }
	| { readonly name: 'workshop.run' };

/** An idea is written by a person or by a table's device; an imported one has no author here. */
export type IdeaAuthor = { readonly participantId: ParticipantId | null; readonly deviceId: DeviceId | null };

export type PolicyContext = {
	/** The rules of the current step; `null` before the first step is reached and after the end. */
	readonly rules: StepRules | null;
	readonly frozen: boolean;
};

export type Denial = 'access.denied' | 'access.blocked' | 'access.otherTable' | 'step.notNow' | 'workshop.frozen';
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly code: Denial };

const allowed: Verdict = { allowed: true };

function denied(code: Denial): Verdict {
	return { allowed: false, code };
}

/**
 * Says whether an actor may do something now. The server asks before it acts, the interface asks to decide what to offer.
 * Facilitators run the workshop in every step; nobody but a participant votes.
 */
export function can(actor: Actor, action: Action, context: PolicyContext): Verdict {
	if (actor.kind === 'participant' && actor.blocked) return denied('access.blocked');
	if (actor.kind === 'screen') return denied('access.denied');

	switch (action.name) {
		case 'workshop.run':
			return actor.kind === 'facilitator' ? allowed : denied('access.denied');
		case 'idea.add':
			return forWriters(actor, action.board.tableId, context, (rules) => rules.add);
		case 'idea.change':
			if (actor.kind !== 'facilitator' && !isAuthor(actor, action.author)) return denied('access.denied');
			return forWriters(actor, action.board.tableId, context, (rules) => rules.edit);
		case 'board.arrange':
			return forWriters(actor, action.board.tableId, context, (rules) => rules.arrange === 'table');
		case 'board.read':
		case 'sheet.read':
			return reachesTable(actor, 'board' in action ? action.board.tableId : action.tableId)
				? allowed
				: denied('access.otherTable');
		case 'sheet.write':
			return forWriters(actor, action.tableId, context, (rules) => rules.sheet);
		case 'vote.cast':
			if (actor.kind !== 'participant') return denied('access.denied');
			if (!reachesTable(actor, action.tableId)) return denied('access.otherTable');
			if (context.frozen) return denied('workshop.frozen');
			return context.rules?.vote === true ? allowed : denied('step.notNow');
		case 'table.choose':
			return actor.kind === 'participant' ? allowed : denied('access.denied');
		case 'table.signal':
			return reachesTable(actor, action.tableId) ? allowed : denied('access.otherTable');
		default:
			return unreachable(action);
	}
}

function forWriters(
	actor: Exclude<Actor, { kind: 'screen' }>,
	tableId: TableId | null,
	context: PolicyContext,
	permits: (rules: StepRules) => boolean,
): Verdict {
	if (actor.kind === 'facilitator') return allowed;
	if (!reachesTable(actor, tableId)) return denied('access.otherTable');
	if (context.frozen) return denied('workshop.frozen');
	return context.rules !== null && permits(context.rules) ? allowed : denied('step.notNow');
}

function reachesTable(actor: Exclude<Actor, { kind: 'screen' }>, tableId: TableId | null): boolean {
	return actor.kind === 'facilitator' || tableId === null || actor.tableId === tableId;
}

function isAuthor(actor: Exclude<Actor, { kind: 'screen' }>, author: IdeaAuthor): boolean {
	if (actor.kind === 'participant') return author.participantId === actor.id;
	return actor.kind === 'table' && author.deviceId === actor.id;
}
