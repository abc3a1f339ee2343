import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import type { DeviceId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import type { Table } from '#server/live/workshop-state.ts';
import { applyIdea as apply, codeOf, context, facilitator, personActor, scene } from '#tests/helpers/command-scene.ts';
import { addGroup, addIdea, addTable } from '#tests/helpers/workshop-in-memory.ts';

import { ideaCommands as writing } from './idea-commands.ts';
import { moderationCommands } from './moderation-commands.ts';

const ideaCommands = { ...writing, ...moderationCommands };

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

		const silent = scene({ add: 'nobody' });
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
		const at = scene({ arrange: 'everybody' });
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
		const at = scene({ arrange: 'everybody' });
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
