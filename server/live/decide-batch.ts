import type { Actor } from '#lib/domain/policy.ts';
import {
	commandPayloads,
	type CommandAck,
	type CommandEnvelope,
	type CommandName,
	type CommandPayload,
} from '#lib/protocol/commands.ts';
import { AppError, isErrorCode } from '#lib/protocol/errors.ts';
import type { Clock } from '#server/clock.ts';

import { applyChange, nothingTouched, type Touched } from './apply-change.ts';
import type { Change } from './change.ts';
import type { CommandHandler, Decision } from './command-handler.ts';
import type { WorkshopState } from './workshop-state.ts';
import type { AcceptedCommand } from './write-queries.ts';

/** Who sends. The actor is looked up when the command's turn comes, since a command before it may have moved or blocked them. */
export type Sender = {
	readonly id: string;
	/** @throws AppError if this sender may no longer act */
	readonly actor: (state: WorkshopState) => Actor;
};

/** Changes that don't come as a command: somebody joins, a device is paired. */
export type DirectWork = (state: WorkshopState, now: number) => readonly Change[];

export type Command = {
	readonly kind: 'command';
	readonly sender: Sender;
	/** Parsed. */
	readonly envelope: CommandEnvelope;
	readonly answer: (ack: CommandAck) => void;
};
export type Direct = {
	readonly kind: 'direct';
	readonly decide: DirectWork;
	readonly done: () => void;
	readonly failed: (error: unknown) => void;
};
export type Item = Command | Direct;

export type Outcome = { readonly item: Item; readonly accepted?: AcceptedCommand; readonly error?: unknown };

/** A batch after its decisions: applied to the state, not written yet. */
export type Decided = {
	readonly accepted: readonly AcceptedCommand[];
	readonly outcomes: readonly Outcome[];
	readonly touched: Touched;
	/** What can't be decided before this batch is written. */
	readonly postponed: readonly Item[];
};

export type Deciding = {
	readonly state: WorkshopState;
	readonly handlers: { readonly [Name in CommandName]: CommandHandler<Name> };
	readonly clock: Clock;
	readonly newId: () => string;
};

const done: CommandAck = { ok: true, result: {} };

/** Decides in order and applies each decision to the state. A change that needs the transaction ends the batch. */
export function decideBatch(items: readonly Item[], deciding: Deciding): Decided {
	const accepted: AcceptedCommand[] = [];
	const outcomes: Outcome[] = [];
	const touched = nothingTouched();
	for (const [index, item] of items.entries()) {
		const outcome = decideOne(item, deciding);
		outcomes.push(outcome);
		if (outcome.accepted === undefined) continue;
		accepted.push(outcome.accepted);
		for (const change of outcome.accepted.changes) applyChange(deciding.state, change, touched);
		if (outcome.accepted.changes.some((change) => change.type === 'run'))
			return { accepted, outcomes, touched, postponed: items.slice(index + 1) };
	}
	return { accepted, outcomes, touched, postponed: [] };
}

function decideOne(item: Item, deciding: Deciding): Outcome {
	const now = deciding.clock.now().getTime();
	try {
		if (item.kind === 'direct') {
			const changes = item.decide(deciding.state, now);
			return { item, accepted: { actor: null, id: '', name: '', ack: done, changes, unlogged: true } };
		}
		const actor = item.sender.actor(deciding.state);
		const { id, name } = item.envelope;
		const { changes, result = {}, unlogged = false } = handle(item.envelope, actor, now, deciding);
		return { item, accepted: { actor, id, name, ack: { ok: true, result }, changes, unlogged } };
	} catch (error) {
		return { item, error };
	}
}

function handle({ name, payload }: CommandEnvelope, actor: Actor, now: number, deciding: Deciding): Decision {
	// The handler of a name takes the payload that this name's schema has made.
	const handler = deciding.handlers[name] as CommandHandler<CommandName>;
	return handler(payload as CommandPayload<CommandName>, { state: deciding.state, actor, now, newId: deciding.newId });
}

/** The envelope with its payload as the schema of its command makes it. @throws AppError */
export function parsePayload({ name, payload, ...rest }: CommandEnvelope): CommandEnvelope {
	const parsed = commandPayloads[name].safeParse(payload);
	if (!parsed.success) throw new AppError(codeOfIssue(parsed.error.issues));
	return { ...rest, name, payload: parsed.data };
}

/** Schemas name the code of a refusal as their message where a citizen can do something about it. */
function codeOfIssue(issues: readonly { message: string }[]) {
	for (const { message } of issues) if (isErrorCode(message)) return message;
	return 'command.invalid';
}

export function refusal(error: AppError): CommandAck {
	return { ok: false, error: error.toWire() };
}
