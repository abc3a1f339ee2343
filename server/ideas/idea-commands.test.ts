import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import { defaultRules, type StepRules } from '#lib/domain/step.ts';
import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import { applyChange, nothingTouched } from '#server/live/apply-change.ts';
import type { CommandContext, Decision } from '#server/live/command-handler.ts';
import type { Idea, Participant, Table, WorkshopState } from '#server/live/workshop-state.ts';

import {
	addGroup,
	addIdea,
	addParticipant,
	addTable,
	workshopInMemory,
} from '../../tests/helpers/workshop-in-memory.ts';

import { ideaCommands } from './idea-commands.ts';

type Scene = { state: WorkshopState; table: Table; person: Participant };

function scene(rules: Partial<StepRules> = {}): Scene {
	const state = workshopInMemory('collect');
	for (const [id, step] of state.steps) {
		state.steps.set(id, { ...step, rules: { ...defaultRules('collect'), ...rules } });
	}
	const table = addTable(state);
	return { state, table, person: addParticipant(state, { tableId: table.id, nickname: 'Anna' }) };
}

function personActor({ state, person }: Scene): Actor {
	const { id, tableId } = person;
	return { kind: 'participant', id, workshopId: state.workshop.id, tableId, blocked: person.blockedAt !== null };
}

function facilitator({ state }: Scene): Actor {
	return { kind: 'facilitator', id: randomUUID() as AccountId, workshopId: state.workshop.id };
}

function context({ state }: Scene, actor: Actor): CommandContext {
	return { state, actor, now: 1000, newId: randomUUID };
}

/** The one idea that a decision writes, after applying it. */
function apply({ state }: Scene, decision: Decision): Idea {
	const touched = nothingTouched();
	for (const change of decision.changes) applyChange(state, change, touched);
	const [id] = [...touched.ideas.keys()].slice(-1);
	const idea = id === undefined ? undefined : state.ideas.get(id);
	if (idea === undefined) throw new Error('No idea was written');
	return idea;
}

function codeOf(work: () => unknown): ErrorCode | undefined {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return undefined;
}

describe('submitting', () => {
	test('goes to the own table and is published at once', () => {
		const at = scene();
		const idea = apply(at, ideaCommands['idea.submit']({ text: 'A bench' }, context(at, personActor(at))));
		expect(idea).toMatchObject({
			boardId: at.table.boardId,
			text: 'A bench',
			state: 'published',
			participantId: at.person.id,
			publishedAt: 1000,
			showsName: true,
		});
	});

	test.each([
		['inbox', 'inbox'],
		['private', 'private'],
	] as const)('waits where the step takes ideas in as %s', (intake, expected) => {
		const at = scene({ intake });
		const idea = apply(at, ideaCommands['idea.submit']({ text: 'A bench' }, context(at, personActor(at))));
		expect(idea).toMatchObject({ state: expected, publishedAt: null });
	});

	test('keeps the name back where the step hides names, for good', () => {
		const at = scene({ names: 'hidden' });
		const idea = apply(at, ideaCommands['idea.submit']({ text: 'A bench' }, context(at, personActor(at))));
		expect(idea.showsName).toBe(false);
	});

	test("is refused on another table's board, in a step without writing, in a frozen room and for a blocked person", () => {
		const at = scene();
		const other = addTable(at.state);
		const submit = (actor: Actor, boardId = at.table.boardId) =>
			codeOf(() => ideaCommands['idea.submit']({ text: 'x', boardId }, context(at, actor)));
		expect(submit(personActor(at), other.boardId)).toBe('access.otherTable');
		expect(submit(personActor(at), randomUUID() as Table['boardId'])).toBe('board.unknown');
		at.state.workshop = { ...at.state.workshop, frozen: true };
		expect(submit(personActor(at))).toBe('workshop.frozen');
		expect(submit({ ...personActor(at), blocked: true } as Actor)).toBe('access.blocked');

		const silent = scene({ add: false });
		expect(codeOf(() => ideaCommands['idea.submit']({ text: 'x' }, context(silent, personActor(silent))))).toBe(
			'step.notNow',
		);
	});

	test('a screen writes nothing', () => {
		const at = scene();
		const screen: Actor = { kind: 'screen', id: randomUUID() as DeviceId, workshopId: at.state.workshop.id };
		expect(
			codeOf(() => ideaCommands['idea.submit']({ text: 'x', boardId: at.table.boardId }, context(at, screen))),
		).toBe('access.denied');
	});

	test('two hundred ideas of one person are enough', () => {
		const at = scene();
		for (let count = 0; count < 200; count += 1) {
			addIdea(at.state, { boardId: at.table.boardId, participantId: at.person.id });
		}
		expect(codeOf(() => ideaCommands['idea.submit']({ text: 'x' }, context(at, personActor(at))))).toBe('idea.tooMany');
	});
});

describe('changing', () => {
	test('authors edit and withdraw their own, and take a withdrawal back', () => {
		const at = scene();
		const { id: ideaId } = addIdea(at.state, { boardId: at.table.boardId, participantId: at.person.id });
		const me = context(at, personActor(at));
		expect(apply(at, ideaCommands['idea.edit']({ ideaId, text: 'Two benches' }, me)).text).toBe('Two benches');
		expect(apply(at, ideaCommands['idea.withdraw']({ ideaId }, me)).state).toBe('withdrawn');
		expect(apply(at, ideaCommands['idea.publish']({ ideaId }, me)).state).toBe('published');
	});

	test('nobody but the author and facilitators', () => {
		const at = scene();
		const { id: ideaId } = addIdea(at.state, { boardId: at.table.boardId });
		const me = context(at, personActor(at));
		expect(codeOf(() => ideaCommands['idea.edit']({ ideaId, text: 'x' }, me))).toBe('access.denied');
		expect(codeOf(() => ideaCommands['idea.hide']({ ideaId }, me))).toBe('access.denied');
		expect(codeOf(() => ideaCommands['idea.publish']({ ideaId }, me))).toBe('access.denied');
		expect(apply(at, ideaCommands['idea.edit']({ ideaId, text: 'x' }, context(at, facilitator(at)))).text).toBe('x');
	});

	test('what a facilitator has taken down, its author cannot put back', () => {
		const at = scene();
		const { id: ideaId } = addIdea(at.state, { boardId: at.table.boardId, participantId: at.person.id });
		const hidden = apply(
			at,
			ideaCommands['idea.hide']({ ideaId, reason: 'A name in it' }, context(at, facilitator(at))),
		);
		expect(hidden).toMatchObject({ state: 'hidden', hideReason: 'A name in it' });
		const me = context(at, personActor(at));
		expect(codeOf(() => ideaCommands['idea.publish']({ ideaId }, me))).toBe('idea.notPublished');
		expect(codeOf(() => ideaCommands['idea.withdraw']({ ideaId }, me))).toBe('idea.notPublished');
		expect(apply(at, ideaCommands['idea.publish']({ ideaId }, context(at, facilitator(at))))).toMatchObject({
			state: 'published',
			hideReason: null,
		});
	});

	test('an idea that never was public goes back to where new ideas wait', () => {
		const at = scene({ intake: 'inbox' });
		const me = context(at, personActor(at));
		const { id: ideaId } = apply(at, ideaCommands['idea.submit']({ text: 'x' }, me));
		apply(at, ideaCommands['idea.withdraw']({ ideaId }, me));
		expect(apply(at, ideaCommands['idea.publish']({ ideaId }, me)).state).toBe('inbox');
	});
});

describe('moving', () => {
	test('into a group and before a neighbour', () => {
		const at = scene({ arrange: 'table' });
		const group = addGroup(at.state, { boardId: at.table.boardId });
		const first = addIdea(at.state, { boardId: at.table.boardId, groupId: group.id, order: 1 });
		const idea = addIdea(at.state, { boardId: at.table.boardId, order: 9 });
		const moved = apply(
			at,
			ideaCommands['idea.move'](
				{ ideaId: idea.id, groupId: group.id, beforeIdeaId: first.id },
				context(at, personActor(at)),
			),
		);
		expect(moved.groupId).toBe(group.id);
		expect(moved.order).toBeLessThan(first.order);
	});

	test('not into a group of another board, and not while nothing is arranged', () => {
		const at = scene({ arrange: 'table' });
		const elsewhere = addGroup(at.state);
		const idea = addIdea(at.state, { boardId: at.table.boardId });
		const payload = { ideaId: idea.id, groupId: elsewhere.id };
		expect(codeOf(() => ideaCommands['idea.move'](payload, context(at, personActor(at))))).toBe('group.unknown');
		const still = scene({ arrange: 'nobody' });
		const other = addIdea(still.state, { boardId: still.table.boardId });
		expect(
			codeOf(() => ideaCommands['idea.move']({ ideaId: other.id, groupId: null }, context(still, personActor(still)))),
		).toBe('step.notNow');
	});
});
