import { randomUUID } from 'node:crypto';

import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import { defaultRules, type StepRules } from '#lib/domain/step.ts';
import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import { applyChange, nothingTouched } from '#server/live/apply-change.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, Decision } from '#server/live/command-handler.ts';
import type { Idea, Participant, Table, WorkshopState } from '#server/live/workshop-state.ts';

import { addParticipant, addTable, workshopInMemory } from './workshop-in-memory.ts';

/** A workshop in a step where people write, with a table and somebody at it: what most commands need to be decided. */
export type Scene = { readonly state: WorkshopState; readonly table: Table; readonly person: Participant };

export function scene(rules: Partial<StepRules> = {}): Scene {
	const state = workshopInMemory('collect');
	for (const [id, step] of state.steps) {
		state.steps.set(id, { ...step, rules: { ...defaultRules('collect'), ...rules } });
	}
	const table = addTable(state);
	return { state, table, person: addParticipant(state, { tableId: table.id, nickname: 'Anna' }) };
}

export function personActor({ state, person: usual }: Scene, person = usual): Actor {
	const { id, tableId, blockedAt } = person;
	return { kind: 'participant', id, workshopId: state.workshop.id, tableId, blocked: blockedAt !== null };
}

export function tabletActor({ state, table }: Scene): Actor {
	return { kind: 'table', id: randomUUID() as DeviceId, workshopId: state.workshop.id, tableId: table.id };
}

/** Somebody of the team, known to the workshop. */
export function facilitator({ state }: Scene, name = 'Claire'): Extract<Actor, { kind: 'facilitator' }> {
	const id = randomUUID() as AccountId;
	state.team.set(id, name);
	const { leadId, id: workshopId } = state.workshop;
	return { kind: 'facilitator', id, workshopId, leads: leadId === null };
}

/** The same person as the workshop sees them now. */
export function again(actor: Extract<Actor, { kind: 'facilitator' }>, { state }: Scene): typeof actor {
	const { leadId } = state.workshop;
	return { ...actor, leads: leadId === null || leadId === actor.id };
}

export function context({ state }: Scene, actor: Actor, now = 1000): CommandContext {
	return { state, actor, now, newId: randomUUID };
}

/** Applies what was decided, as the pipeline does. */
export function apply({ state }: Scene, { changes }: Decision): readonly Change[] {
	const touched = nothingTouched();
	for (const change of changes) applyChange(state, change, touched);
	return changes;
}

/** The last idea that a decision writes, after applying it. */
export function applyIdea({ state }: Scene, decision: Decision): Idea {
	const touched = nothingTouched();
	for (const change of decision.changes) applyChange(state, change, touched);
	const [id] = [...touched.ideas.keys()].slice(-1);
	const idea = id === undefined ? undefined : state.ideas.get(id);
	if (idea === undefined) throw new Error('No idea was written');
	return idea;
}

/** The entry that a decision leaves in the log. */
export function entryOf({ changes }: Decision): Extract<Change, { type: 'audit' }> {
	const entry = changes.find((change) => change.type === 'audit');
	if (entry === undefined) throw new Error('Nothing was logged');
	return entry;
}

/** With what code something is refused; undefined if it isn't. */
export function codeOf(work: () => unknown): ErrorCode | undefined {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return undefined;
}
