import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import type { StepId } from '#lib/domain/ids.ts';
import { defaultRules, type StepKind } from '#lib/domain/step.ts';
import { policyContext, stepAt, type WorkshopState } from '#server/live/workshop-state.ts';
import {
	again,
	apply,
	codeOf,
	context,
	entryOf,
	facilitator,
	personActor,
	scene,
	tabletActor,
	type Scene,
} from '#tests/helpers/command-scene.ts';
import { addIdea, addTable } from '#tests/helpers/workshop-in-memory.ts';

import { createStepCommands } from './step-commands.ts';
import { timerCommands } from './timer-commands.ts';

const commands = { ...createStepCommands({ onStepEnd: () => [] }), ...timerCommands };

function addStep(state: WorkshopState, kind: StepKind): StepId {
	const id = randomUUID() as StepId;
	const position = state.steps.size + 1;
	const step = { id, position, kind, title: {}, prompt: {}, durationMs: 60_000, rules: defaultRules(kind) };
	state.steps.set(id, step);
	return id;
}

/** A room in which tables go by themselves, with a second step to go to. */
function ownPace(): Scene & { next: StepId } {
	const at = scene();
	const next = addStep(at.state, 'vote');
	apply(at, commands['pace.set']({ pace: 'tables' }, context(at, facilitator(at))));
	return { ...at, next };
}

describe('the room goes to a step', () => {
	test('its time lies ready, nobody is ready any more, and the log knows the way back', () => {
		const at = scene();
		const before = at.state.workshop.currentStepId;
		const next = addStep(at.state, 'vote');
		at.state.tables.set(at.table.id, { ...at.table, ready: true });
		const decision = commands['step.go']({ stepId: next }, context(at, facilitator(at)));
		apply(at, decision);
		expect(at.state.workshop).toMatchObject({ currentStepId: next, timer: { state: 'paused', remainingMs: 60_000 } });
		expect(at.state.tables.get(at.table.id)?.ready).toBe(false);
		expect(entryOf(decision).inverse).toEqual({ name: 'step.go', payload: { stepId: before } });
	});

	test('what was private comes to light as far as its step said, and then there is no way back', () => {
		const at = scene({ intake: 'private', see: 'table' });
		const next = addStep(at.state, 'group');
		const idea = addIdea(at.state, { boardId: at.table.boardId, state: 'private', reach: 'table' });
		const decision = commands['step.go']({ stepId: next }, context(at, facilitator(at)));
		apply(at, decision);
		expect(at.state.ideas.get(idea.id)).toMatchObject({ state: 'published', reach: 'table', publishedAt: 1000 });
		expect(entryOf(decision).inverse).toBeUndefined();
	});

	test('only who leads may', () => {
		const at = scene();
		const [claire, marc] = [facilitator(at, 'Claire'), facilitator(at, 'Marc')];
		at.state.workshop = { ...at.state.workshop, leadId: claire.id };
		const next = addStep(at.state, 'vote');
		const go = (actor: Parameters<typeof context>[1]) =>
			codeOf(() => commands['step.go']({ stepId: next }, context(at, actor)));
		expect(go(again(marc, at))).toBe('workshop.notLead');
		expect(go(personActor(at))).toBe('access.denied');
		expect(go(again(claire, at))).toBeUndefined();
	});
});

describe('revealing', () => {
	test('from people to their tables, and from tables to the room', () => {
		const at = scene();
		const claire = facilitator(at);
		const mine = addIdea(at.state, { boardId: at.table.boardId, state: 'private' });
		const other = addTable(at.state);
		const theirs = addIdea(at.state, { boardId: other.boardId, state: 'private' });
		apply(at, commands['step.reveal']({ to: 'table', tableId: at.table.id }, context(at, claire)));
		expect(at.state.ideas.get(mine.id)).toMatchObject({ state: 'published', reach: 'table' });
		expect(at.state.ideas.get(theirs.id)?.state).toBe('private');
		apply(at, commands['step.reveal']({ to: 'room' }, context(at, claire)));
		for (const { id } of [mine, theirs]) {
			expect(at.state.ideas.get(id)).toMatchObject({ state: 'published', reach: 'room' });
		}
	});

	test('what is written in the plenary is the room’s', () => {
		const at = scene();
		const idea = addIdea(at.state, { state: 'private', reach: 'table' });
		apply(at, commands['step.reveal']({ to: 'table' }, context(at, facilitator(at))));
		expect(at.state.ideas.get(idea.id)?.reach).toBe('room');
	});

	test('notes change places among themselves', () => {
		const at = scene();
		const ideas = Array.from({ length: 30 }, (_, order) =>
			addIdea(at.state, { boardId: at.table.boardId, state: 'private', order }),
		);
		apply(at, commands['step.reveal']({ to: 'table' }, context(at, facilitator(at))));
		const orders = ideas.map(({ id }) => at.state.ideas.get(id)?.order ?? Number.NaN);
		expect(orders).not.toEqual(ideas.map(({ order }) => order));
		expect(orders.toSorted((left, right) => left - right)).toEqual(ideas.map(({ order }) => order));
	});
});

describe('tables at their own pace', () => {
	test('one goes on, with its own rules and time, while the room stays', () => {
		const at = ownPace();
		apply(at, commands['step.go']({ stepId: at.next, tableId: at.table.id }, context(at, tabletActor(at))));
		expect(stepAt(at.state, at.table.id)?.id).toBe(at.next);
		expect(stepAt(at.state, null)?.kind).toBe('collect');
		expect(policyContext(at.state, at.table.id).rules?.vote).toBe(true);
		expect(policyContext(at.state, addTable(at.state).id).rules?.vote).toBe(false);
		apply(at, commands['timer.resume']({ tableId: at.table.id }, context(at, tabletActor(at))));
		expect(at.state.tables.get(at.table.id)?.timer).toMatchObject({ state: 'running', endsAt: 61_000 });
		expect(at.state.workshop.timer).toBeNull();
	});

	test('its host may take it on, somebody else at the table may not, nor a tablet of another table', () => {
		const at = ownPace();
		const go = (actor: Parameters<typeof context>[1]) =>
			codeOf(() => commands['step.go']({ stepId: at.next, tableId: at.table.id }, context(at, actor)));
		expect(go(personActor(at))).toBe('access.denied');
		at.state.tables.set(at.table.id, { ...at.table, hostId: at.person.id });
		expect(go(personActor(at))).toBeUndefined();
		expect(go(tabletActor({ ...at, table: addTable(at.state) }))).toBe('access.otherTable');
	});

	test('stands still while everything is held', () => {
		const at = ownPace();
		at.state.workshop = { ...at.state.workshop, frozen: true };
		const go = () => commands['step.go']({ stepId: at.next, tableId: at.table.id }, context(at, tabletActor(at)));
		expect(codeOf(go)).toBe('workshop.frozen');
	});

	test('its silence ends with its step, and nobody else’s', () => {
		const at = ownPace();
		const mine = addIdea(at.state, { boardId: at.table.boardId, state: 'private' });
		const theirs = addIdea(at.state, { boardId: addTable(at.state).boardId, state: 'private' });
		apply(at, commands['step.go']({ stepId: at.next, tableId: at.table.id }, context(at, facilitator(at))));
		expect(at.state.ideas.get(mine.id)?.state).toBe('published');
		expect(at.state.ideas.get(theirs.id)?.state).toBe('private');
	});

	test('going together again brings everybody to the room’s step', () => {
		const at = ownPace();
		apply(at, commands['step.go']({ stepId: at.next, tableId: at.table.id }, context(at, facilitator(at))));
		const kept = addIdea(at.state, { boardId: at.table.boardId, state: 'private' });
		apply(at, commands['pace.set']({ pace: 'room' }, context(at, facilitator(at))));
		expect(at.state.tables.get(at.table.id)).toMatchObject({ stepId: null, timer: null });
		expect(at.state.ideas.get(kept.id)?.state).toBe('published');
		expect(stepAt(at.state, at.table.id)?.kind).toBe('collect');
		expect(
			codeOf(() => commands['step.go']({ stepId: at.next, tableId: at.table.id }, context(at, facilitator(at)))),
		).toBe('step.notNow');
	});
});

test('a change of time can be taken back with the opposite', () => {
	const at = scene();
	const claire = facilitator(at);
	apply(at, commands['timer.start']({ durationMs: 60_000, text: 'Two more notes' }, context(at, claire)));
	const added = commands['timer.add']({ milliseconds: 300_000 }, context(at, claire));
	apply(at, added);
	expect(at.state.workshop.timer).toMatchObject({ endsAt: 361_000, text: 'Two more notes' });
	expect(entryOf(added).inverse).toEqual({ name: 'timer.add', payload: { milliseconds: -300_000 } });
	apply(at, commands['timer.clear']({}, context(at, claire)));
	expect(codeOf(() => commands['timer.pause']({}, context(at, claire)))).toBe('timer.notRunning');
});
