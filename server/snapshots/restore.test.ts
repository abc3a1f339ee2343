import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';

import type { SnapshotContent, SnapshotIdea } from '#lib/protocol/snapshots.ts';
import type { Group, Idea, WorkshopState } from '#server/live/workshop-state.ts';
import { addGroup, addIdea, workshopInMemory } from '#tests/helpers/workshop-in-memory.ts';

import { restoreChanges, sheetsToRestore } from './restore.ts';

const moment = { now: 1000, hideReason: 'Not there at that time' };

function contentOf(state: WorkshopState, given: { ideas?: Idea[]; groups?: Group[] }): SnapshotContent {
	return {
		version: 1,
		workshop: { id: state.workshop.id, title: {}, currentStepId: null },
		tables: [],
		challenges: [],
		boards: [],
		privateIdeas: 0,
		rounds: [],
		projects: [],
		sheets: [],
		ideas: (given.ideas ?? []) as SnapshotIdea[],
		groups: given.groups ?? [],
	};
}

test('an idea gets its words, place and colour back', () => {
	const state = workshopInMemory();
	const then = addIdea(state, { text: 'A bench', order: 3, colour: 'mint' });
	state.ideas.put({ ...then, text: 'A fountain', order: 9, colour: 'rose' });
	const changes = restoreChanges(state, contentOf(state, { ideas: [then] }), moment);
	expect(changes).toEqual([{ type: 'put', entity: 'idea', row: then }]);
});

test('an idea that is new since then is taken down with a reason, not deleted', () => {
	const state = workshopInMemory();
	const added = addIdea(state);
	const changes = restoreChanges(state, contentOf(state, {}), moment);
	expect(changes).toEqual([
		{ type: 'put', entity: 'idea', row: { ...added, state: 'hidden', hideReason: 'Not there at that time' } },
	]);
});

test('what authors withdrew or still keep to themselves, and what waits in the inbox, is left alone', () => {
	const state = workshopInMemory();
	const published = addIdea(state);
	state.ideas.put({ ...published, text: 'Changed', state: 'withdrawn' });
	addIdea(state, { state: 'private' });
	addIdea(state, { state: 'inbox' });
	expect(restoreChanges(state, contentOf(state, { ideas: [published] }), moment)).toEqual([]);
});

test('a deleted group comes back with its ideas, a new one goes', () => {
	const state = workshopInMemory();
	const group = addGroup(state, { title: 'Getting around' });
	const idea = addIdea(state, { groupId: group.id });
	const content = contentOf(state, { ideas: [idea], groups: [group] });
	state.groups.set(group.id, { ...group, deletedAt: 500 });
	state.ideas.put({ ...idea, groupId: null });
	const newer = addGroup(state);
	expect(restoreChanges(state, content, moment)).toEqual([
		{ type: 'put', entity: 'group', row: group },
		{ type: 'put', entity: 'group', row: { ...newer, deletedAt: 1000 } },
		{ type: 'put', entity: 'idea', row: idea },
	]);
});

test('where nothing has changed, nothing is written', () => {
	const state = workshopInMemory();
	const idea = addIdea(state);
	const group = addGroup(state);
	expect(restoreChanges(state, contentOf(state, { ideas: [idea], groups: [group] }), moment)).toEqual([]);
});

test('only sheets whose text changed are written again', () => {
	const state = workshopInMemory();
	const sheet = (text: string) => ({ documentId: randomUUID() as never, tableId: null, texts: { dream: text } });
	const [same, changed] = [sheet('A shop'), sheet('A café')];
	const then = { ...contentOf(state, {}), sheets: [same, changed] };
	const now = { ...then, sheets: [same, { ...changed, texts: { dream: 'A bar' } }] };
	expect(sheetsToRestore(now, then)).toEqual([changed]);
});
