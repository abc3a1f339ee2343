import { describe, expect, test } from 'vitest';

import type { ParticipantId } from '#lib/domain/ids.ts';
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
} from '#tests/helpers/command-scene.ts';
import { addIdea, addParticipant, addTable } from '#tests/helpers/workshop-in-memory.ts';

import { leadCommands } from '../team/lead-commands.ts';
import { tableCommands } from '../tables/table-commands.ts';

import { floorCommands } from './floor-commands.ts';
import { pitchCommands } from './pitch-commands.ts';

const commands = { ...floorCommands, ...pitchCommands, ...leadCommands, ...tableCommands };

test('a word to everybody stays until it is cleared', () => {
	const at = scene();
	const claire = context(at, facilitator(at));
	apply(at, commands['announcement.make']({ text: { de: 'Pause', fr: 'Pause !' } }, claire));
	expect(at.state.workshop.floor.announcement).toEqual({ text: { de: 'Pause', fr: 'Pause !' }, at: 1000 });
	apply(at, commands['announcement.clear']({}, claire));
	expect(at.state.workshop.floor.announcement).toBeNull();
	expect(codeOf(() => commands['announcement.make']({ text: { de: 'x' } }, context(at, personActor(at))))).toBe(
		'access.denied',
	);
});

describe('the light', () => {
	test('shows a table’s idea to the room, and can go back to the one before', () => {
		const at = scene();
		const claire = context(at, facilitator(at));
		const [before, idea] = [addIdea(at.state), addIdea(at.state, { boardId: at.table.boardId, reach: 'table' })];
		apply(at, commands['spotlight.set']({ ideaId: before.id }, claire));
		const decision = commands['spotlight.set']({ ideaId: idea.id }, claire);
		apply(at, decision);
		expect(at.state.workshop.floor.spotlight).toBe(idea.id);
		expect(at.state.ideas.get(idea.id)).toMatchObject({ reach: 'room', shownAt: 1000 });
		expect(entryOf(decision).inverse).toEqual({ name: 'spotlight.set', payload: { ideaId: before.id } });
	});

	test('not on what nobody may see', () => {
		const at = scene();
		const { id: ideaId } = addIdea(at.state, { state: 'inbox' });
		expect(codeOf(() => commands['spotlight.set']({ ideaId }, context(at, facilitator(at))))).toBe('idea.notPublished');
	});
});

describe('pitching', () => {
	test('tables come one after another, each with its time, and claps are only counted for the one at the front', () => {
		const at = scene();
		const claire = context(at, facilitator(at));
		const other = addTable(at.state);
		apply(at, commands['pitch.queue']({ tableIds: [other.id, at.table.id, other.id] }, claire));
		expect(at.state.workshop.floor.pitches.order).toEqual([other.id, at.table.id]);
		apply(at, commands['pitch.call']({ tableId: other.id, durationMs: 180_000 }, claire));
		expect(at.state.workshop.timer).toMatchObject({ state: 'running', endsAt: 181_000 });
		const clap = (claps: number) =>
			commands['pitch.applaud']({ tableId: other.id, claps }, context(at, personActor(at)));
		apply(at, clap(3));
		apply(at, clap(4));
		expect(at.state.workshop.floor.pitches.applause).toEqual({ [other.id]: 7 });
		expect(clap(1).unlogged).toBe(true);
		apply(at, commands['pitch.call']({ tableId: null, durationMs: 180_000 }, claire));
		expect(at.state.workshop.timer).toBeNull();
		expect(codeOf(() => clap(1))).toBe('step.notNow');
	});

	test('a table’s tablet doesn’t clap', () => {
		const at = scene();
		apply(at, commands['pitch.call']({ tableId: at.table.id, durationMs: 1000 }, context(at, facilitator(at))));
		const clap = () => commands['pitch.applaud']({ tableId: at.table.id, claps: 1 }, context(at, tabletActor(at)));
		expect(codeOf(clap)).toBe('access.denied');
	});
});

describe('leading', () => {
	test('is taken by oneself, handed to a colleague, and given up', () => {
		const at = scene();
		const [claire, marc] = [facilitator(at, 'Claire'), facilitator(at, 'Marc')];
		const now = (who: typeof claire) => context(at, again(who, at));
		apply(at, commands['lead.take']({}, now(claire)));
		expect(at.state.workshop.leadId).toBe(claire.id);
		expect(codeOf(() => commands['gathering.call']({}, now(marc)))).toBe('workshop.notLead');
		expect(codeOf(() => commands['lead.hand']({ accountId: marc.id }, now(marc)))).toBe('workshop.notLead');
		apply(at, commands['lead.hand']({ accountId: marc.id }, now(claire)));
		apply(at, commands['gathering.call']({}, now(marc)));
		expect(at.state.workshop.floor.gatheredAt).toBe(1000);
		apply(at, commands['lead.take']({}, now(claire)));
		apply(at, commands['lead.release']({}, now(claire)));
		expect(at.state.workshop.leadId).toBeNull();
		expect(codeOf(() => commands['gathering.call']({}, now(marc)))).toBeUndefined();
	});

	test('is nobody’s who isn’t of the team', () => {
		const at = scene();
		const accountId = facilitator(scene()).id;
		expect(codeOf(() => commands['lead.hand']({ accountId }, context(at, facilitator(at))))).toBe('account.unknown');
		expect(codeOf(() => commands['lead.take']({}, context(at, personActor(at))))).toBe('access.denied');
	});
});

describe('a table that asks for help', () => {
	test('keeps its place in the queue, and hears that somebody is coming', () => {
		const at = scene();
		const claire = facilitator(at);
		const ask = (now: number) =>
			commands['table.signal']({ tableId: at.table.id, needsHelp: true }, context(at, tabletActor(at), now));
		apply(at, ask(1000));
		apply(at, commands['table.answer']({ tableId: at.table.id, coming: true }, context(at, claire)));
		apply(at, ask(5000));
		expect(at.state.tables.get(at.table.id)).toMatchObject({ helpAskedAt: 1000, helpBy: claire.id });
		apply(at, commands['table.signal']({ tableId: at.table.id, needsHelp: false }, context(at, tabletActor(at))));
		expect(at.state.tables.get(at.table.id)).toMatchObject({ helpAskedAt: null, helpBy: null });
	});

	test('its host sits at it', () => {
		const at = scene();
		const host = (participantId: ParticipantId) =>
			commands['table.set-host']({ tableId: at.table.id, participantId }, context(at, facilitator(at)));
		expect(codeOf(() => host(addParticipant(at.state).id))).toBe('participant.unknown');
		apply(at, host(at.person.id));
		expect(at.state.tables.get(at.table.id)?.hostId).toBe(at.person.id);
	});
});
