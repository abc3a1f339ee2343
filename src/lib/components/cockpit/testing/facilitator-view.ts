import type { BoardId, DocumentId, StepId, WorkshopId } from '#lib/domain/ids.ts';
import { defaultRules, type StepKind } from '#lib/domain/step.ts';
import type { FacilitatorView, InboxIdea, StepView, TableRadar, TableView } from '#lib/protocol/live.ts';

/** Rooms to test the cockpit with: everything calm and empty, but for what a test changes. */

/** The same number gives the same id, of the kind one asks for or of that of another one. */
export function testId<Id extends string = string>(number: number, _like?: Id): Id {
	return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as Id;
}

export const testSteps = { collect: testId<StepId>(1), group: testId<StepId>(2) };
export const plenaryBoard = testId<BoardId>(4);

export function testStep(position: number, kind: StepKind, changes: Partial<StepView> = {}): StepView {
	return { position, kind, title: {}, prompt: {}, durationMs: 600_000, rules: defaultRules(kind), ...changes };
}

export function facilitatorView(changes: Partial<FacilitatorView> = {}): FacilitatorView {
	return {
		audience: 'facilitator',
		workshop: {
			id: testId<WorkshopId>(9),
			code: '48210937',
			title: { en: 'An evening' },
			phase: 'live',
			doorOpen: true,
			frozen: false,
			attribution: null,
			joinUrl: 'http://hall.test/j/48210937',
			rehearsal: false,
		},
		floor: {
			announcement: null,
			spotlight: null,
			gatheredAt: null,
			pitches: { order: [], current: null, applause: {} },
			pace: 'room',
		},
		steps: { [testSteps.collect]: testStep(0, 'collect'), [testSteps.group]: testStep(1, 'group') },
		currentStepId: testSteps.collect,
		stepStartedAt: 0,
		timer: null,
		challenges: {},
		tables: {},
		plenary: { boardId: plenaryBoard, ideas: 0 },
		rounds: {},
		projects: {},
		counts: { people: 0, present: 0, ideas: 0 },
		people: {},
		inbox: {},
		privateIdeas: 0,
		tableIdeas: 0,
		unseenIdeas: 0,
		radar: {},
		team: {},
		leadId: null,
		logEntries: 0,
		devices: {},
		snapshots: {},
		...changes,
	};
}

export function testTable(position: number, changes: Partial<TableView> = {}): TableView {
	return {
		position,
		name: `Table ${position + 1}`,
		colour: 'sun',
		challengeId: null,
		boardId: testId<BoardId>(200 + position),
		sheetId: testId<DocumentId>(400 + position),
		capacity: 8,
		members: 0,
		present: 0,
		ideas: 0,
		ready: false,
		needsHelp: false,
		helpComing: false,
		atHome: false,
		hostId: null,
		stepId: null,
		stepStartedAt: null,
		timer: null,
		...changes,
	};
}

export function testRadar(changes: Partial<TableRadar> = {}): TableRadar {
	return {
		recentIdeas: 0,
		activeAt: null,
		sheetFilled: 0,
		sheetHeadings: 11,
		languages: {},
		helpAskedAt: null,
		helpBy: null,
		unseen: 0,
		...changes,
	};
}

export function waitingIdea(changes: Partial<InboxIdea> = {}): InboxIdea {
	return {
		text: 'A garden',
		boardId: plenaryBoard,
		tableId: null,
		state: 'inbox',
		mergedInto: null,
		language: null,
		by: null,
		reason: null,
		createdAt: 0,
		claimedBy: null,
		...changes,
	};
}
