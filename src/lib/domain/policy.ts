import type { AccountId, BoardId, DeviceId, ParticipantId, TableId, WorkshopId } from './ids.ts';
import type { RoomRole, StepRules } from './step.ts';
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
	| {
			readonly kind: 'facilitator';
			readonly id: AccountId;
			readonly workshopId: WorkshopId;
			/** Whether they steer the evening now: the lead, or anybody of the team while nobody leads. */
			readonly leads: boolean;
	  };

/** A board belongs to one table, or (no table) to the plenary. */
export type BoardOwner = { readonly boardId: BoardId; readonly tableId: TableId | null };

export type Action =
	| { readonly name: 'idea.add'; readonly board: BoardOwner }
	| {
			/** Changing its words, which a step may allow to the whole table, or taking it back, which is its author's alone. */
			readonly name: 'idea.change' | 'idea.withdraw';
			readonly board: BoardOwner;
			readonly author: IdeaAuthor;
			/** Whoever asks has shown the idea's own key. */
			readonly byKey?: boolean;
	  }
	| { readonly name: 'board.read'; readonly board: BoardOwner }
	| { readonly name: 'board.arrange'; readonly board: BoardOwner }
	| { readonly name: 'vote.cast'; readonly tableId: TableId | null; readonly isPoll?: boolean }
	| { readonly name: 'sheet.read'; readonly tableId: TableId | null }
	| { readonly name: 'sheet.write'; readonly tableId: TableId | null }
	| { readonly name: 'table.choose' }
	| { readonly name: 'table.signal'; readonly tableId: TableId }
	/** Taking a table to another step, and its time, where tables go at their own pace. */
	| { readonly name: 'table.steer'; readonly tableId: TableId; readonly hostId: ParticipantId | null }
	| { readonly name: 'pitch.applaud' }
	/** Moderating, helping tables and people: everybody of the team. */
	| { readonly name: 'workshop.run' }
	/** Steps, time, votes, the doors and the end: one at a time. */
	| { readonly name: 'workshop.steer' };

/** An idea is written by a person or by a table's device; an imported one has no author here. */
export type IdeaAuthor = { readonly participantId: ParticipantId | null; readonly deviceId: DeviceId | null };

export type PolicyContext = {
	/** The rules of the step the actor is in; `null` before the first step is reached and after the end. */
	readonly rules: StepRules | null;
	readonly frozen: boolean;
	/** Whether tables go through the steps together or each by itself. */
	readonly pace: 'room' | 'tables';
};

export type Denial =
	| 'access.denied'
	| 'access.blocked'
	| 'access.otherTable'
	| 'step.notNow'
	| 'step.otherBoard'
	| 'workshop.frozen'
	| 'workshop.notLead';
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
		case 'workshop.steer':
			if (actor.kind !== 'facilitator') return denied('access.denied');
			return actor.leads ? allowed : denied('workshop.notLead');
		case 'idea.add':
			return addingTo(actor, action.board.tableId, context);
		case 'idea.change':
		case 'idea.withdraw':
			return changing(actor, action, context);
		case 'board.arrange':
			return forWriters(
				actor,
				action.board.tableId,
				context,
				(rules) => includes(rules.arrange, actor) && sitsAt(actor, action.board.tableId, rules),
			);
		case 'board.read':
		case 'sheet.read':
			return reachesTable(actor, 'board' in action ? action.board.tableId : action.tableId)
				? allowed
				: denied('access.otherTable');
		case 'sheet.write':
			return forWriters(actor, action.tableId, context, (rules) => includes(rules.sheet, actor));
		case 'vote.cast':
			if (actor.kind !== 'participant') return denied('access.denied');
			if (!reachesTable(actor, action.tableId)) return denied('access.otherTable');
			if (context.frozen) return denied('workshop.frozen');
			if (context.rules === null) return denied('step.notNow');
			return action.isPoll === true || context.rules.vote ? allowed : denied('step.notNow');
		case 'table.choose':
			return actor.kind === 'participant' ? allowed : denied('access.denied');
		case 'table.signal':
			return reachesTable(actor, action.tableId) ? allowed : denied('access.otherTable');
		case 'table.steer':
			return steeringTable(actor, action, context);
		case 'pitch.applaud':
			return actor.kind === 'participant' ? allowed : denied('access.denied');
		default:
			return unreachable(action);
	}
}

type Writer = Exclude<Actor, { kind: 'screen' }>;
type IdeaChange = Extract<Action, { readonly author: IdeaAuthor }>;

/** Whether a role of the rules is this actor's. */
function includes(role: RoomRole, actor: Writer): boolean {
	if (actor.kind === 'facilitator') return true;
	return role === 'everybody' || role === (actor.kind === 'table' ? 'tables' : 'people');
}

/** Those who sit at a table write where the step says; everybody else writes in the plenary. */
function addingTo(actor: Writer, tableId: TableId | null, context: PolicyContext): Verdict {
	const verdict = forWriters(actor, tableId, context, (rules) => includes(rules.add, actor));
	if (!verdict.allowed || actor.kind === 'facilitator' || actor.tableId === null) return verdict;
	const scope = context.rules?.board ?? 'both';
	const fits = scope === 'both' || scope === (tableId === null ? 'plenary' : 'table');
	return fits ? allowed : denied('step.otherBoard');
}

function changing(actor: Writer, action: IdeaChange, context: PolicyContext): Verdict {
	const { name, author, byKey = false, board } = action;
	const isOwn = actor.kind === 'facilitator' || byKey || isAuthor(actor, author);
	// A table words its own board together; the plenary's ideas are everybody's, and nobody's to change.
	const isShared = name === 'idea.change' && board.tableId !== null && context.rules?.edit === 'table';
	if (!isOwn && !isShared) return denied('access.denied');
	return forWriters(actor, board.tableId, context, (rules) => rules.edit !== 'nobody');
}

/** At one's own board: a table's, or the plenary's for those who sit at none and in steps that are held there. */
function sitsAt(actor: Writer, tableId: TableId | null, rules: StepRules): boolean {
	if (actor.kind === 'facilitator' || tableId !== null) return true;
	return actor.tableId === null || rules.board !== 'table';
}

function steeringTable(
	actor: Writer,
	{ tableId, hostId }: Extract<Action, { name: 'table.steer' }>,
	{ pace, frozen, rules }: PolicyContext,
): Verdict {
	if (actor.kind === 'facilitator') return allowed;
	if (actor.tableId !== tableId) return denied('access.otherTable');
	if (frozen) return denied('workshop.frozen');
	if (pace !== 'tables' || rules === null) return denied('step.notNow');
	return actor.kind === 'table' || actor.id === hostId ? allowed : denied('access.denied');
}

function forWriters(
	actor: Writer,
	tableId: TableId | null,
	context: PolicyContext,
	permits: (rules: StepRules) => boolean,
): Verdict {
	if (actor.kind === 'facilitator') return allowed;
	if (!reachesTable(actor, tableId)) return denied('access.otherTable');
	if (context.frozen) return denied('workshop.frozen');
	return context.rules !== null && permits(context.rules) ? allowed : denied('step.notNow');
}

function reachesTable(actor: Writer, tableId: TableId | null): boolean {
	return actor.kind === 'facilitator' || tableId === null || actor.tableId === tableId;
}

function isAuthor(actor: Writer, author: IdeaAuthor): boolean {
	if (actor.kind === 'participant') return author.participantId === actor.id;
	return actor.kind === 'table' && author.deviceId === actor.id;
}
