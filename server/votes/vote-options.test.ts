import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';

import { addGroup, addIdea, addTable, workshopInMemory } from '#tests/helpers/workshop-in-memory.ts';

import { freezeOptions } from './vote-options.ts';

test('the words are those of the moment, in the given order, each option once', () => {
	const state = workshopInMemory();
	const idea = addIdea(state, { text: 'A village shop' });
	const group = addGroup(state, { title: 'Getting around' });
	const wanted = [{ groupId: group.id }, { ideaId: idea.id }, { groupId: group.id }];
	const options = freezeOptions(state, wanted, null, randomUUID);
	expect(options.map(({ position, label }) => [position, label])).toEqual([
		[0, 'Getting around'],
		[1, 'A village shop'],
	]);
});

test('a single option is no choice', () => {
	const state = workshopInMemory();
	const idea = addIdea(state);
	const twice = [{ ideaId: idea.id }, { ideaId: idea.id }];
	expect(() => freezeOptions(state, twice, null, randomUUID)).toThrow('vote.noOptions');
});

test('what is not on a board is not voted on', () => {
	const state = workshopInMemory();
	const published = { ideaId: addIdea(state).id };
	const hidden = { ideaId: addIdea(state, { state: 'hidden' }).id };
	const deleted = { groupId: addGroup(state, { deletedAt: 7 }).id };
	expect(() => freezeOptions(state, [published, hidden], null, randomUUID)).toThrow('idea.notPublished');
	expect(() => freezeOptions(state, [published, deleted], null, randomUUID)).toThrow('group.unknown');
});

test("a table doesn't vote on another board", () => {
	const state = workshopInMemory();
	const table = addTable(state);
	const own = { ideaId: addIdea(state, { boardId: table.boardId }).id };
	const foreign = { ideaId: addIdea(state).id };
	expect(() => freezeOptions(state, [own, foreign], table.id, randomUUID)).toThrow('idea.unknown');
	expect(freezeOptions(state, [own, foreign], null, randomUUID)).toHaveLength(2);
});
