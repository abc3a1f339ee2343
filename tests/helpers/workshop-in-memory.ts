import { randomUUID } from 'node:crypto';

import type {
	BoardId,
	EditionId,
	GroupId,
	IdeaId,
	ParticipantId,
	StepId,
	TableId,
	WorkshopId,
} from '#lib/domain/ids.ts';
import { floor } from '#lib/domain/floor.ts';
import { defaultRules, type StepKind } from '#lib/domain/step.ts';
import { Ideas } from '#server/live/ideas.ts';
import type { Group, Idea, Participant, Table, WorkshopState } from '#server/live/workshop-state.ts';

/** A live workshop as the pipeline holds it, with a plenary board and one step; tests add what they are about. */
export function workshopInMemory(stepKind: StepKind = 'vote'): WorkshopState {
	const stepId = randomUUID() as StepId;
	const plenaryBoardId = randomUUID() as BoardId;
	return {
		workshop: {
			id: randomUUID() as WorkshopId,
			editionId: randomUUID() as EditionId,
			code: '48210937',
			title: { en: 'An evening' },
			phase: 'live',
			doorOpen: true,
			frozen: false,
			currentStepId: stepId,
			stepStartedAt: 0,
			timer: null,
			attribution: null,
			generation: 1,
			rehearsal: false,
			floor: floor.parse({}),
			leadId: null,
		},
		steps: new Map([
			[
				stepId,
				{
					id: stepId,
					position: 1,
					kind: stepKind,
					title: {},
					prompt: {},
					durationMs: 60_000,
					rules: defaultRules(stepKind),
				},
			],
		]),
		challenges: new Map(),
		tables: new Map(),
		boards: new Map([[plenaryBoardId, { id: plenaryBoardId, tableId: null }]]),
		plenaryBoardId,
		participants: new Map(),
		devices: new Map(),
		ideas: new Ideas(),
		groups: new Map(),
		rounds: new Map(),
		rolls: new Map(),
		projects: new Map(),
		snapshots: new Map(),
		team: new Map(),
		logEntries: 0,
	};
}

export function addTable(state: WorkshopState): Table {
	const position = state.tables.size + 1;
	const table: Table = {
		id: randomUUID() as TableId,
		position,
		name: `Table ${String(position)}`,
		challengeId: null,
		capacity: 12,
		ready: false,
		needsHelp: false,
		...{ helpAskedAt: null, helpBy: null, hostId: null, atHome: false },
		...{ stepId: null, stepStartedAt: null, timer: null },
		boardId: randomUUID() as BoardId,
		sheetId: randomUUID() as Table['sheetId'],
	};
	state.tables.set(table.id, table);
	state.boards.set(table.boardId, { id: table.boardId, tableId: table.id });
	return table;
}

export function addParticipant(state: WorkshopState, given: Partial<Participant> = {}): Participant {
	const participant: Participant = {
		id: randomUUID() as ParticipantId,
		guestId: null,
		nickname: null,
		language: 'lb',
		tableId: null,
		atHome: false,
		joinedAt: 0,
		blockedAt: null,
		blockReason: null,
		...given,
	};
	state.participants.set(participant.id, participant);
	return participant;
}

export function addIdea(state: WorkshopState, given: Partial<Idea> = {}): Idea {
	const idea: Idea = {
		id: randomUUID() as IdeaId,
		boardId: state.plenaryBoardId,
		text: 'A bench under the lime tree',
		language: null,
		state: 'published',
		reach: 'room',
		...{ participantId: null, deviceId: null, keyHash: null },
		showsName: true,
		groupId: null,
		order: state.ideas.size + 1,
		colour: 'sun',
		hideReason: null,
		...{ mergedInto: null, copiedFrom: null, claimedBy: null, claimedAt: null, shownAt: null },
		stepId: null,
		createdAt: 0,
		publishedAt: 0,
		...given,
	};
	state.ideas.put(idea);
	return idea;
}

export function addGroup(state: WorkshopState, given: Partial<Group> = {}): Group {
	const group: Group = {
		id: randomUUID() as GroupId,
		boardId: state.plenaryBoardId,
		title: 'Places to meet',
		order: state.groups.size + 1,
		colour: 'sky',
		deletedAt: null,
		...given,
	};
	state.groups.set(group.id, group);
	return group;
}
