import type { DotRule, DotTally } from '#lib/domain/dot-vote.ts';
import type { Floor } from '#lib/domain/floor.ts';
import type { IdeaReach, IdeaState, NoteColour } from '#lib/domain/idea.ts';
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
import type { Actor, PolicyContext } from '#lib/domain/policy.ts';
import type { ScreenLayout } from '#lib/domain/screen-layout.ts';
import type { StepKind, StepRules } from '#lib/domain/step.ts';
import type { TimerState } from '#lib/domain/timer.ts';
import type { SnapshotView } from '#lib/protocol/live.ts';

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
	/** Who may run the workshop, by name; those who were given the right later come in when they connect. */
	team: Map<AccountId, string>;
	/** How many entries the log has. */
	logEntries: number;
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
	/** The people are synthetic. */
	rehearsal: boolean;
	floor: Floor;
	/** Who steers; null: whoever of the team does. */
	leadId: AccountId | null;
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
	helpAskedAt: number | null;
	/** Who of the team is on the way. */
	helpBy: AccountId | null;
	hostId: ParticipantId | null;
	atHome: boolean;
	/** Its own step and time, while tables have their own pace; null where it goes with the room. */
	stepId: StepId | null;
	stepStartedAt: number | null;
	timer: TimerState | null;
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
	atHome: boolean;
	joinedAt: number;
	blockedAt: number | null;
	blockReason: string | null;
};

export type Device = {
	id: DeviceId;
	kind: 'table' | 'screen';
	name: string;
	place: string | null;
	/** A tablet's table; the table that a screen belongs to, if it isn't the hall's. */
	tableId: TableId | null;
	layout: ScreenLayout;
	/** What the layout `idea` shows; null: the idea in the light. */
	ideaId: IdeaId | null;
	languages: Language[];
	revokedAt: number | null;
};

export type Idea = {
	id: IdeaId;
	boardId: BoardId;
	text: string;
	language: Language | null;
	state: IdeaState;
	/** How far it reaches once it is published. */
	reach: IdeaReach;
	participantId: ParticipantId | null;
	deviceId: DeviceId | null;
	/** SHA-256 in hex of the key that opens it, where no author is recorded. */
	keyHash: string | null;
	showsName: boolean;
	groupId: GroupId | null;
	order: number;
	colour: NoteColour;
	hideReason: string | null;
	mergedInto: IdeaId | null;
	copiedFrom: IdeaId | null;
	/** The moderator who has taken it out of the inbox to read, and when. */
	claimedBy: AccountId | null;
	claimedAt: number | null;
	/** When a screen first showed it to the room. */
	shownAt: number | null;
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
	kind: 'vote' | 'poll';
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

/** The step that a table is in: its own where tables have their own pace, else the room's. */
export function stepAt(state: WorkshopState, tableId: TableId | null): Step | undefined {
	const { currentStepId, floor } = state.workshop;
	const own = tableId === null || floor.pace === 'room' ? null : (state.tables.get(tableId)?.stepId ?? null);
	const stepId = own ?? currentStepId;
	return stepId === null ? undefined : state.steps.get(stepId);
}

/** What the policy needs to know of the moment, for somebody who sits at a table (or at none). */
export function policyContext(state: WorkshopState, tableId: TableId | null): PolicyContext {
	const { frozen, phase, floor } = state.workshop;
	return { rules: phase === 'ended' ? null : (stepAt(state, tableId)?.rules ?? null), frozen, pace: floor.pace };
}

/** The table an actor sits at, in whose step it acts. */
export function tableOf(actor: Actor): TableId | null {
	return actor.kind === 'participant' || actor.kind === 'table' ? actor.tableId : null;
}
