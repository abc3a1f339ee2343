import type { DotRule, DotTally } from '#lib/domain/dot-vote.ts';
import type { IdeaState, NoteColour } from '#lib/domain/idea.ts';
import type {
	AccountId,
	BoardId,
	ChallengeId,
	DeviceId,
	DocumentId,
	EditionId,
	GroupId,
	IdeaId,
	OptionId,
	ParticipantId,
	ProjectId,
	RoundId,
	SnapshotId,
	StepId,
	TableId,
	WorkshopId,
} from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { PolicyContext } from '#lib/domain/policy.ts';
import type { StepKind, StepRules } from '#lib/domain/step.ts';
import type { TimerState } from '#lib/domain/timer.ts';
import type { ScreenLayout, SnapshotView } from '#lib/protocol/live.ts';

import type { Ideas } from './ideas.ts';

/**
 * A live workshop in memory: a copy of its rows, and nothing that isn't in them.
 * Only the command pipeline changes it; between two batches it equals what is committed.
 */
export type WorkshopState = {
	workshop: Workshop;
	steps: Map<StepId, Step>;
	challenges: Map<ChallengeId, Challenge>;
	tables: Map<TableId, Table>;
	boards: Map<BoardId, Board>;
	plenaryBoardId: BoardId;
	participants: Map<ParticipantId, Participant>;
	devices: Map<DeviceId, Device>;
	ideas: Ideas;
	groups: Map<GroupId, Group>;
	rounds: Map<RoundId, Round>;
	/** Who may vote in a round, and whether they have. */
	rolls: Map<RoundId, Map<ParticipantId, boolean>>;
	projects: Map<ProjectId, Project>;
	snapshots: Map<SnapshotId, SnapshotEntry>;
};

export type Workshop = {
	id: WorkshopId;
	editionId: EditionId;
	code: string;
	title: LocalizedText;
	phase: 'preparing' | 'live' | 'ended';
	doorOpen: boolean;
	frozen: boolean;
	currentStepId: StepId | null;
	/** Epoch milliseconds. */
	stepStartedAt: number | null;
	timer: TimerState | null;
	attribution: string | null;
	generation: number;
};

export type Step = {
	id: StepId;
	position: number;
	kind: StepKind;
	title: LocalizedText;
	prompt: LocalizedText;
	durationMs: number;
	rules: StepRules;
};

export type Challenge = { id: ChallengeId; position: number; question: LocalizedText };

export type Table = {
	id: TableId;
	position: number;
	name: string;
	challengeId: ChallengeId | null;
	capacity: number;
	ready: boolean;
	needsHelp: boolean;
	boardId: BoardId;
	sheetId: DocumentId;
};

export type Board = { id: BoardId; tableId: TableId | null };

export type Participant = {
	id: ParticipantId;
	guestId: string | null;
	nickname: string | null;
	language: Language;
	tableId: TableId | null;
	joinedAt: number;
	blockedAt: number | null;
	blockReason: string | null;
};

export type Device = {
	id: DeviceId;
	kind: 'table' | 'screen';
	name: string;
	tableId: TableId | null;
	layout: ScreenLayout;
	revokedAt: number | null;
};

export type Idea = {
	id: IdeaId;
	boardId: BoardId;
	text: string;
	language: Language | null;
	state: IdeaState;
	participantId: ParticipantId | null;
	deviceId: DeviceId | null;
	showsName: boolean;
	groupId: GroupId | null;
	order: number;
	colour: NoteColour;
	hideReason: string | null;
	stepId: StepId | null;
	createdAt: number;
	publishedAt: number | null;
};

export type Group = {
	id: GroupId;
	boardId: BoardId;
	title: string;
	order: number;
	colour: NoteColour;
	deletedAt: number | null;
};

export type RoundOption = {
	id: OptionId;
	position: number;
	label: string;
	ideaId: IdeaId | null;
	groupId: GroupId | null;
};

export type Round = {
	id: RoundId;
	tableId: TableId | null;
	position: number;
	title: string;
	rule: DotRule;
	options: readonly RoundOption[];
	state: 'open' | 'closed';
	openedAt: number;
	closedAt: number | null;
	tally: DotTally | null;
	published: boolean;
	decision: { optionIds: OptionId[]; reason: string } | null;
};

export type Project = {
	id: ProjectId;
	slug: string;
	title: string;
	tableId: TableId | null;
	ideas: number;
	joined: number;
	helping: number;
	following: number;
	published: boolean;
};

export type SnapshotEntry = {
	id: SnapshotId;
	takenAt: number;
	reason: SnapshotView['reason'];
	note: string | null;
	stepId: StepId | null;
	accountId: AccountId | null;
	ideas: number;
	hash: string;
};

/** What the policy needs to know of the moment. */
export function policyContext(state: WorkshopState): PolicyContext {
	const { currentStepId, frozen, phase } = state.workshop;
	const step = currentStepId === null ? undefined : state.steps.get(currentStepId);
	return { rules: phase === 'ended' ? null : (step?.rules ?? null), frozen };
}
