import { describe, expect, test } from 'vitest';

import {
	apply,
	applyIdea,
	again,
	codeOf,
	context,
	entryOf,
	facilitator,
	personActor,
	scene,
} from '#tests/helpers/command-scene.ts';
import { addGroup, addIdea } from '#tests/helpers/workshop-in-memory.ts';

import { harvestCommands } from './harvest-commands.ts';
import { ideaCommands } from './idea-commands.ts';
import { moderationCommands } from './moderation-commands.ts';

const commands = { ...ideaCommands, ...moderationCommands, ...harvestCommands };
const aKey = '0123456789abcdef0123456789abcdef';
const anotherKey = 'fedcba9876543210fedcba9876543210';

describe('several moderators', () => {
	test('take different ideas of the inbox, and leave alone what a colleague has in hand', () => {
		const at = scene();
		const [claire, marc] = [facilitator(at, 'Claire'), facilitator(at, 'Marc')];
		const [first, second] = [addIdea(at.state, { state: 'inbox' }), addIdea(at.state, { state: 'inbox' })];
		const ideaIds = [first.id, second.id];
		apply(at, commands['inbox.claim']({ ideaIds: [first.id], claimed: true }, context(at, claire)));
		const marcs = commands['inbox.claim']({ ideaIds, claimed: true }, context(at, marc));
		apply(at, marcs);
		expect(marcs.result?.ideaIds).toEqual([second.id]);
		const publish = () => commands['idea.publish']({ ideaId: first.id }, context(at, marc));
		expect(codeOf(publish)).toBe('idea.claimed');
		expect(applyIdea(at, commands['idea.publish']({ ideaId: first.id }, context(at, claire)))).toMatchObject({
			state: 'published',
			claimedBy: null,
		});
	});

	test('whoever went away holds up nobody for long', () => {
		const at = scene();
		const idea = addIdea(at.state, { state: 'inbox' });
		apply(at, commands['inbox.claim']({ ideaIds: [idea.id], claimed: true }, context(at, facilitator(at))));
		const later = context(at, facilitator(at), 1000 + 4 * 60_000);
		expect(applyIdea(at, commands['idea.hide']({ ideaId: idea.id }, later)).state).toBe('hidden');
	});

	test('publish into a group of the same board only', () => {
		const at = scene();
		const claire = context(at, facilitator(at));
		const idea = addIdea(at.state, { state: 'inbox', boardId: at.table.boardId });
		const [here, elsewhere] = [addGroup(at.state, { boardId: at.table.boardId }), addGroup(at.state)];
		const into = (groupId: typeof here.id) => commands['idea.publish']({ ideaId: idea.id, groupId }, claire);
		expect(codeOf(() => into(elsewhere.id))).toBe('group.unknown');
		expect(applyIdea(at, into(here.id)).groupId).toBe(here.id);
	});
});

describe('merging', () => {
	test('one idea stands in the other’s words, and those that stood in its words follow', () => {
		const at = scene();
		const claire = context(at, facilitator(at));
		const [kept, twin, earlier] = [addIdea(at.state), addIdea(at.state), addIdea(at.state)];
		apply(at, commands['idea.merge']({ ideaId: earlier.id, intoIdeaId: twin.id }, claire));
		const decision = commands['idea.merge']({ ideaId: twin.id, intoIdeaId: kept.id }, claire);
		apply(at, decision);
		for (const { id } of [twin, earlier]) {
			expect(at.state.ideas.get(id)).toMatchObject({ state: 'merged', mergedInto: kept.id });
		}
		expect(entryOf(decision).inverse).toEqual({ name: 'idea.publish', payload: { ideaId: twin.id } });
		apply(at, commands['idea.publish']({ ideaId: twin.id }, claire));
		expect(at.state.ideas.get(twin.id)).toMatchObject({ state: 'published', mergedInto: null });
	});

	test('not into itself, into something that isn’t there, or across boards', () => {
		const at = scene();
		const claire = context(at, facilitator(at));
		const [idea, hidden] = [addIdea(at.state), addIdea(at.state, { state: 'hidden' })];
		const away = addIdea(at.state, { boardId: at.table.boardId });
		const merge = (intoIdeaId: typeof idea.id) =>
			codeOf(() => commands['idea.merge']({ ideaId: idea.id, intoIdeaId }, claire));
		expect(merge(idea.id)).toBe('idea.alreadyMerged');
		expect(merge(away.id)).toBe('idea.alreadyMerged');
		expect(merge(hidden.id)).toBe('idea.notPublished');
	});
});

test('a decision of the inbox leads back into it', () => {
	const at = scene();
	const claire = context(at, facilitator(at));
	const idea = addIdea(at.state, { state: 'inbox', publishedAt: null });
	const decision = commands['idea.hide']({ ideaId: idea.id, reason: 'A name in it' }, claire);
	apply(at, decision);
	expect(entryOf(decision).inverse).toEqual({ name: 'inbox.return', payload: { ideaId: idea.id } });
	expect(applyIdea(at, commands['inbox.return']({ ideaId: idea.id }, claire))).toMatchObject({
		state: 'inbox',
		hideReason: null,
	});
});

describe('what is its author’s', () => {
	test('stays theirs: neither a decision nor taking one back brings it out again', () => {
		const at = scene();
		const claire = context(at, facilitator(at));
		const into = addIdea(at.state).id;
		for (const state of ['withdrawn', 'private'] as const) {
			const { id: ideaId } = addIdea(at.state, { state });
			expect(codeOf(() => commands['inbox.return']({ ideaId }, claire))).toBe('idea.notPublished');
			expect(codeOf(() => commands['idea.publish']({ ideaId }, claire))).toBe('idea.notPublished');
			expect(codeOf(() => commands['idea.hide']({ ideaId }, claire))).toBe('idea.notPublished');
			expect(codeOf(() => commands['idea.merge']({ ideaId, intoIdeaId: into }, claire))).toBe('idea.notPublished');
		}
	});

	test('goes back to the inbox with new words where ideas are read first', () => {
		const at = scene({ intake: 'inbox' });
		const me = context(at, personActor(at));
		const mine = { boardId: at.table.boardId, participantId: at.person.id };
		const { id: ideaId } = addIdea(at.state, mine);
		const edited = applyIdea(at, commands['idea.edit']({ ideaId, text: 'Something else' }, me));
		expect(edited).toMatchObject({ state: 'inbox', publishedAt: null });
		const other = addIdea(at.state, { ...mine, state: 'withdrawn', publishedAt: 5 });
		expect(applyIdea(at, commands['idea.publish']({ ideaId: other.id }, me)).state).toBe('inbox');
	});
});

describe('where a table words its board together', () => {
	test('anybody at it changes the words, and only the author takes an idea back', () => {
		const at = scene({ edit: 'table' });
		const me = context(at, personActor(at));
		const { id: ideaId } = addIdea(at.state, { boardId: at.table.boardId });
		expect(applyIdea(at, commands['idea.edit']({ ideaId, text: 'Better words' }, me)).text).toBe('Better words');
		expect(codeOf(() => commands['idea.withdraw']({ ideaId }, me))).toBe('access.denied');
	});

	test('nobody changes or moves what lies in the plenary', () => {
		const at = scene({ edit: 'table', arrange: 'everybody' });
		const me = context(at, personActor(at));
		const { id: ideaId } = addIdea(at.state);
		expect(codeOf(() => commands['idea.edit']({ ideaId, text: 'x' }, me))).toBe('access.denied');
		expect(codeOf(() => commands['idea.move']({ ideaId, groupId: null }, me))).toBe('step.notNow');
	});
});

describe('harvesting', () => {
	test('copies to the plenary with its origin, once, and leaves the table’s own as it is', () => {
		const at = scene();
		const claire = context(at, facilitator(at));
		const idea = addIdea(at.state, { boardId: at.table.boardId, reach: 'table', participantId: at.person.id });
		const first = commands['idea.harvest']({ ideaIds: [idea.id] }, claire);
		const copy = applyIdea(at, first);
		expect(copy).toMatchObject({
			boardId: at.state.plenaryBoardId,
			copiedFrom: idea.id,
			text: idea.text,
			reach: 'room',
		});
		expect(copy).toMatchObject({ participantId: null, showsName: false });
		expect(at.state.ideas.get(idea.id)).toEqual(idea);
		const second = commands['idea.harvest']({ ideaIds: [idea.id, copy.id] }, claire);
		expect(second.changes.filter((change) => change.type === 'put')).toEqual([]);
		expect(second.result?.ideaIds).toEqual([copy.id]);
	});

	test('brings an idea again whose copy was taken down', () => {
		const at = scene();
		const claire = context(at, facilitator(at));
		const idea = addIdea(at.state, { boardId: at.table.boardId });
		const copy = applyIdea(at, commands['idea.harvest']({ ideaIds: [idea.id] }, claire));
		apply(at, commands['idea.hide']({ ideaId: copy.id }, claire));
		const again = applyIdea(at, commands['idea.harvest']({ ideaIds: [idea.id] }, claire));
		expect(again).toMatchObject({ state: 'published', copiedFrom: idea.id });
	});

	test('takes nothing that isn’t published, and asks for a facilitator', () => {
		const at = scene();
		const idea = addIdea(at.state, { boardId: at.table.boardId, state: 'inbox' });
		const harvest = (actor: Parameters<typeof context>[1]) =>
			codeOf(() => commands['idea.harvest']({ ideaIds: [idea.id] }, context(at, actor)));
		expect(harvest(facilitator(at))).toBe('idea.notPublished');
		expect(harvest(personActor(at))).toBe('access.denied');
	});
});

describe('where names are not recorded', () => {
	test('an idea has no author, and the same key again is the same idea', () => {
		const at = scene({ names: 'unrecorded' });
		const me = context(at, personActor(at));
		const decision = commands['idea.submit']({ text: 'A quiet word', key: aKey }, me);
		const idea = applyIdea(at, decision);
		expect(decision.unlogged).toBe(true);
		expect(idea).toMatchObject({ participantId: null, deviceId: null, showsName: false });
		expect(JSON.stringify(idea)).not.toContain(aKey);
		const again = commands['idea.submit']({ text: 'A quiet word', key: aKey }, me);
		expect(again).toMatchObject({ changes: [], result: { ideaId: idea.id }, unlogged: true });
	});

	test('the key opens it, another one doesn’t, and none is refused', () => {
		const at = scene({ names: 'unrecorded' });
		const me = context(at, personActor(at));
		const { id: ideaId } = applyIdea(at, commands['idea.submit']({ text: 'A quiet word', key: aKey }, me));
		const edit = (key?: string) => commands['idea.edit']({ ideaId, text: 'A word', ...(key && { key }) }, me);
		expect(codeOf(() => edit())).toBe('access.denied');
		expect(codeOf(() => edit(anotherKey))).toBe('access.denied');
		expect(edit(aKey).unlogged).toBe(true);
		expect(applyIdea(at, edit(aKey)).text).toBe('A word');
		expect(codeOf(() => commands['idea.submit']({ text: 'x' }, me))).toBe('idea.keyMissing');
	});
});

test('everybody of the team moderates, whoever leads', () => {
	const at = scene();
	const [claire, marc] = [facilitator(at, 'Claire'), facilitator(at, 'Marc')];
	at.state.workshop = { ...at.state.workshop, leadId: claire.id };
	const idea = addIdea(at.state, { state: 'inbox' });
	expect(applyIdea(at, commands['idea.publish']({ ideaId: idea.id }, context(at, again(marc, at)))).state).toBe(
		'published',
	);
});
