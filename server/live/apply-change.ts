import type { BoardId, DeviceId, GroupId, IdeaId, ParticipantId, RoundId, TableId } from '#lib/domain/ids.ts';
import { unreachable } from '#lib/domain/unreachable.ts';

import type { Change } from './change.ts';
import type { Group, Idea, Participant, Table, Workshop, WorkshopState } from './workshop-state.ts';

/** What a batch touched, so that only the screens concerned are told. */
export type Touched = {
	readonly ideas: Map<IdeaId, BoardId>;
	readonly groups: Map<GroupId, BoardId>;
	readonly rounds: Set<RoundId>;
	readonly participants: Set<ParticipantId>;
	readonly devices: Set<DeviceId>;
	/** Tables that have another host than before, or whose host is called something else. */
	readonly tables: Set<TableId>;
	/** Something that was shown is to be shown no more. */
	takesAway: boolean;
	/** Everybody must hear of it at once: the step, the time, what has the floor. Counts can wait a moment. */
	isUrgent: boolean;
	/** Whose rights may have been won or lost: they were moved, blocked, sent away. */
	readonly rightsOf: Set<ParticipantId | DeviceId>;
	/** The step, the freeze or the workshop's phase changed: everybody's. */
	rightsOfAll: boolean;
};

export function nothingTouched(): Touched {
	return {
		ideas: new Map(),
		groups: new Map(),
		rounds: new Set(),
		participants: new Set(),
		devices: new Set(),
		tables: new Set(),
		takesAway: false,
		isUrgent: false,
		rightsOf: new Set(),
		rightsOfAll: false,
	};
}

/** Applies one change to the state in memory and notes what it touched. A `run` changes nothing yet: what it returns does. */
export function applyChange(state: WorkshopState, change: Change, touched: Touched): void {
	switch (change.type) {
		case 'put':
			applyPut(state, change, touched);
			return;
		case 'roll': {
			const roll = state.rolls.get(change.roundId) ?? new Map<ParticipantId, boolean>();
			roll.set(change.participantId, change.voted);
			state.rolls.set(change.roundId, roll);
			touched.participants.add(change.participantId);
			touched.rounds.add(change.roundId);
			return;
		}
		case 'audit':
			state.logEntries += 1;
			return;
		case 'ballot':
		case 'afterwards':
		case 'run':
			return;
		default:
			return unreachable(change);
	}
}

function applyPut(state: WorkshopState, change: Extract<Change, { type: 'put' }>, touched: Touched): void {
	switch (change.entity) {
		case 'workshop':
			touched.rightsOfAll ||= changesRights(state.workshop, change.row);
			touched.isUrgent ||= !isApplause(state.workshop, change.row);
			state.workshop = change.row;
			return;
		case 'table':
			applyTable(state, change.row, touched);
			return;
		case 'participant':
			applyParticipant(state, change.row, touched);
			return;
		case 'device':
			touched.rightsOf.add(change.row.id);
			state.devices.set(change.row.id, change.row);
			touched.devices.add(change.row.id);
			return;
		case 'group':
			touched.takesAway ||= takesTitleAway(state.groups.get(change.row.id), change.row);
			state.groups.set(change.row.id, change.row);
			touched.groups.set(change.row.id, change.row.boardId);
			return;
		case 'idea':
			touched.takesAway ||= takesWordsAway(state.ideas.get(change.row.id), change.row);
			state.ideas.put(change.row);
			touched.ideas.set(change.row.id, change.row.boardId);
			if (change.row.participantId !== null) touched.participants.add(change.row.participantId);
			if (change.row.deviceId !== null) touched.devices.add(change.row.deviceId);
			return;
		case 'round':
			touched.takesAway ||= !change.row.published;
			touched.isUrgent = true;
			state.rounds.set(change.row.id, change.row);
			touched.rounds.add(change.row.id);
			return;
		case 'project':
			touched.takesAway ||= !change.row.published;
			state.projects.set(change.row.id, change.row);
			return;
		case 'snapshot':
			state.snapshots.set(change.row.id, change.row);
			return;
		default:
			return unreachable(change);
	}
}

function applyTable(state: WorkshopState, row: Table, touched: Touched): void {
	const before = state.tables.get(row.id);
	state.tables.set(row.id, row);
	if (before?.hostId !== row.hostId) touched.tables.add(row.id);
	// That a table is ready, or asks for help, is for those who run the evening; they are told soon in any case.
	if (before?.timer !== row.timer || before.helpBy !== row.helpBy) touched.isUrgent = true;
	if (before?.stepId === row.stepId) return;
	touched.isUrgent = true;
	touched.tables.add(row.id);
	for (const { id, tableId } of state.participants.values()) if (tableId === row.id) touched.rightsOf.add(id);
	for (const { id, tableId } of state.devices.values()) if (tableId === row.id) touched.rightsOf.add(id);
}

function applyParticipant(state: WorkshopState, row: Participant, touched: Touched): void {
	const before = state.participants.get(row.id);
	if (isMovedOrBlocked(before, row)) touched.rightsOf.add(row.id);
	const table = row.tableId === null ? undefined : state.tables.get(row.tableId);
	if (table?.hostId === row.id && before?.nickname !== row.nickname) touched.tables.add(table.id);
	state.participants.set(row.id, row);
	touched.participants.add(row.id);
}

/** A timer that is started changes the row, but nobody's rights. */
function changesRights(before: Workshop, after: Workshop): boolean {
	return (
		before.currentStepId !== after.currentStepId ||
		before.frozen !== after.frozen ||
		before.phase !== after.phase ||
		before.floor.pace !== after.floor.pace
	);
}

/** Hundreds clap at once, and nobody waits for the number. */
function isApplause(before: Workshop, after: Workshop): boolean {
	const { pitches } = after.floor;
	return pitches.applause !== before.floor.pitches.applause && pitches.current === before.floor.pitches.current;
}

function takesWordsAway(before: Idea | undefined, after: Idea): boolean {
	if (before?.state !== 'published') return false;
	return (
		after.state !== 'published' || after.text !== before.text || (before.reach === 'room' && after.reach === 'table')
	);
}

function takesTitleAway(before: Group | undefined, after: Group): boolean {
	return before !== undefined && (after.deletedAt !== null || after.title !== before.title);
}

/** Somebody new has no connection yet whose rights could change. */
function isMovedOrBlocked(before: Participant | undefined, after: Participant): boolean {
	return before !== undefined && (before.tableId !== after.tableId || before.blockedAt !== after.blockedAt);
}
