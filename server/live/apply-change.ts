import type { BoardId, DeviceId, GroupId, IdeaId, ParticipantId } from '#lib/domain/ids.ts';
import { unreachable } from '#lib/domain/unreachable.ts';

import type { Change } from './change.ts';
import type { WorkshopState } from './workshop-state.ts';

/** What a batch touched, so that only the screens concerned are told. */
export type Touched = {
	readonly ideas: Map<IdeaId, BoardId>;
	readonly groups: Map<GroupId, BoardId>;
	readonly participants: Set<ParticipantId>;
	readonly devices: Set<DeviceId>;
	/** The step, the freeze, a table or a device changed: rights may have been won or lost. */
	rights: boolean;
};

export function nothingTouched(): Touched {
	return { ideas: new Map(), groups: new Map(), participants: new Set(), devices: new Set(), rights: false };
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
			return;
		}
		case 'ballot':
		case 'audit':
		case 'run':
			return;
		default:
			return unreachable(change);
	}
}

function applyPut(state: WorkshopState, change: Extract<Change, { type: 'put' }>, touched: Touched): void {
	switch (change.entity) {
		case 'workshop':
			state.workshop = change.row;
			touched.rights = true;
			return;
		case 'table':
			state.tables.set(change.row.id, change.row);
			return;
		case 'participant':
			state.participants.set(change.row.id, change.row);
			touched.participants.add(change.row.id);
			touched.rights = true;
			return;
		case 'device':
			state.devices.set(change.row.id, change.row);
			touched.devices.add(change.row.id);
			touched.rights = true;
			return;
		case 'group':
			state.groups.set(change.row.id, change.row);
			touched.groups.set(change.row.id, change.row.boardId);
			return;
		case 'idea':
			state.ideas.set(change.row.id, change.row);
			touched.ideas.set(change.row.id, change.row.boardId);
			if (change.row.participantId !== null) touched.participants.add(change.row.participantId);
			if (change.row.deviceId !== null) touched.devices.add(change.row.deviceId);
			return;
		case 'round':
			state.rounds.set(change.row.id, change.row);
			return;
		case 'project':
			state.projects.set(change.row.id, change.row);
			return;
		case 'snapshot':
			state.snapshots.set(change.row.id, change.row);
			return;
		default:
			return unreachable(change);
	}
}
