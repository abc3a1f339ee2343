import * as z from 'zod';

import type { DotBallot, DotRule, DotTally } from '#lib/domain/dot-vote.ts';
import type {
	AccountId,
	BoardId,
	ChallengeId,
	DeviceId,
	DocumentId,
	GroupId,
	IdeaId,
	OptionId,
	ParticipantId,
	RoundId,
	SnapshotId,
	StepId,
	TableId,
	WorkshopId,
} from '#lib/domain/ids.ts';
import type { Announcement, Pitches } from '#lib/domain/floor.ts';
import type { IdeaReach, IdeaState, NoteColour } from '#lib/domain/idea.ts';
import type { Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { ScreenLayout } from '#lib/domain/screen-layout.ts';
import type { StepKind, StepRules } from '#lib/domain/step.ts';
import type { TimerState } from '#lib/domain/timer.ts';

import type { ErrorCode } from './errors.ts';
import type { JsonPatch } from './json-patch.ts';

/**
 * What a live workshop sends to a browser over socket.io.
 *
 * The client connects with {@link hello} in the handshake. The server answers `snapshot` (the whole presented view of the client's
 * audience, with a sequence number), then `patch` at most four times a second: `seq` is the number of the view that the patch leads
 * to, and a gap means: send `resync`, get a snapshot. What belongs to one person alone travels apart: as `me`, whole, after the
 * first snapshot and after a `resync`, and then as `mePatch`, what has changed since.
 * `storage` is sent when it changes, and to a newcomer unless it is `ok`.
 * `goodbye` says why a connection is ended for good; the client must not come back by itself.
 *
 * A view holds only what its audience may see. Lists are records by id, so that patches stay small; `position` gives the order.
 */
export const protocolVersion = 1;

export const audiences = ['participant', 'table', 'screen', 'facilitator'] as const;
export const audience = z.enum(audiences);
export type Audience = z.infer<typeof audience>;

/** `workshop` is the eight-digit code for people and devices, or the workshop's id for facilitators. */
export const hello = z.object({
	version: z.literal(protocolVersion),
	audience,
	workshop: z.string().min(1).max(64),
});
export type Hello = z.infer<typeof hello>;

export type ServerToClientEvents = {
	snapshot: (message: { seq: number; now: number; view: LiveView }) => void;
	patch: (message: { seq: number; now: number; patch: JsonPatch }) => void;
	me: (message: MeView) => void;
	mePatch: (message: { patch: JsonPatch }) => void;
	storage: (message: { state: StorageState }) => void;
	goodbye: (message: { code: ErrorCode }) => void;
};

/** Whether what people write is being saved: `late` while the database is away, `full` when so much waits that no more is taken. */
export type StorageState = 'ok' | 'late' | 'full';

export type ClientToServerEvents = {
	command: (envelope: unknown, acknowledge: (ack: unknown) => void) => void;
	resync: () => void;
};

export type StepView = {
	position: number;
	kind: StepKind;
	title: LocalizedText;
	prompt: LocalizedText;
	durationMs: number;
	rules: StepRules;
};

export type TableView = {
	position: number;
	name: string;
	colour: NoteColour;
	challengeId: ChallengeId | null;
	boardId: BoardId;
	sheetId: DocumentId;
	capacity: number;
	/** People who chose this table, and how many of them are connected now. */
	members: number;
	present: number;
	/** Published ideas. */
	ideas: number;
	ready: boolean;
	needsHelp: boolean;
	/** Whether somebody of the team is on the way. */
	helpComing: boolean;
	/** Its people take part from home. */
	atHome: boolean;
	/** Who hosts the table; their phone may take it from step to step where tables have their own pace. */
	hostId: ParticipantId | null;
	/** Where tables have their own pace: the step this table is in and its time. Null where it goes with the room. */
	stepId: StepId | null;
	stepStartedAt: number | null;
	timer: TimerState | null;
};

export type RoundView = {
	/** A `poll` is a quick question, asked and answered in any step. */
	kind: 'vote' | 'poll';
	position: number;
	title: string;
	rule: DotRule;
	/** The table that is asked, or the whole room. */
	tableId: TableId | null;
	options: Record<OptionId, OptionView>;
	state: 'open' | 'closed';
	/** Voters counted, of those who may vote. */
	turnout: { voted: number; eligible: number };
	/** Only after the close, and (facilitators aside) only once it is published. */
	tally: DotTally | null;
	published: boolean;
	decision: { optionIds: OptionId[]; reason: string } | null;
};

export type OptionView = { position: number; label: string; ideaId: IdeaId | null; groupId: GroupId | null };

export type ProjectView = {
	slug: string;
	title: string;
	tableId: TableId | null;
	ideas: number;
	/** People who signed up to join, help or follow. */
	joined: number;
	helping: number;
	following: number;
};

/** What has the room's attention beside the step. */
export type FloorView = {
	announcement: Announcement | null;
	/** Never with a name, and only while it is published. */
	spotlight: { ideaId: IdeaId; text: string; colour: NoteColour; tableId: TableId | null } | null;
	/** When everybody was last called to the current step; epoch milliseconds. */
	gatheredAt: number | null;
	pitches: Pitches;
	pace: 'room' | 'tables';
};

/** What every audience sees of a workshop. */
export type WorkshopView = {
	workshop: {
		id: WorkshopId;
		code: string;
		title: LocalizedText;
		phase: 'preparing' | 'live' | 'ended';
		doorOpen: boolean;
		frozen: boolean;
		/** Where the shown data comes from and under which licence, if it isn't the room's own. */
		attribution: string | null;
		/** Where people join: an absolute address with the code in it. */
		joinUrl: string;
		/** The people are synthetic, and what they do will be cleared away. */
		rehearsal: boolean;
	};
	floor: FloorView;
	steps: Record<StepId, StepView>;
	currentStepId: StepId | null;
	stepStartedAt: number | null;
	timer: TimerState | null;
	challenges: Record<ChallengeId, { position: number; question: LocalizedText }>;
	tables: Record<TableId, TableView>;
	plenary: { boardId: BoardId; ideas: number };
	rounds: Record<RoundId, RoundView>;
	projects: Record<string, ProjectView>;
	/** Distinct people who joined, those connected now, and published ideas on all boards. */
	counts: { people: number; present: number; ideas: number };
};

export type ParticipantView = WorkshopView & { audience: 'participant' };
export type TableDeviceView = WorkshopView & { audience: 'table' };

export type WallIdea = {
	text: string;
	colour: NoteColour;
	tableId: TableId | null;
	groupId: GroupId | null;
	language: Language | null;
	publishedAt: number;
	/** It has been before the eyes of the room. */
	shown: boolean;
};

/**
 * Published ideas, never with names: those that no screen has shown yet, then the newest; groups only where they hold one of these ideas. A screen of the hall gets what reaches
 * the room, the screen of a table what is on that table's board.
 */
export type ScreenView = WorkshopView & {
	audience: 'screen';
	/** The table that this screen belongs to. */
	tableId: TableId | null;
	/** Rounds of that table that the room is not told of. */
	tableRounds: Record<RoundId, RoundView>;
	wall: Record<IdeaId, WallIdea>;
	groups: Record<GroupId, { title: string; tableId: TableId | null; position: number }>;
	/** The sheet of the table that pitches: the words under each heading, without their form. */
	pitch: { tableId: TableId; sheet: Record<string, string> } | null;
};

export type PersonView = {
	nickname: string | null;
	language: Language;
	tableId: TableId | null;
	present: boolean;
	blocked: boolean;
	atHome: boolean;
	joinedAt: number;
	ideas: number;
};

export type InboxIdea = {
	text: string;
	boardId: BoardId;
	tableId: TableId | null;
	state: Extract<IdeaState, 'inbox' | 'hidden' | 'merged'>;
	/** The words in which it stands now, where it was merged. */
	mergedInto: string | null;
	language: Language | null;
	/** Null where the step hides names. */
	by: string | null;
	reason: string | null;
	createdAt: number;
	/** The moderator who has taken it to read; others leave it alone. */
	claimedBy: AccountId | null;
};

export type DeviceView = {
	kind: 'table' | 'screen';
	name: string;
	/** Where it stands, in the facilitator's words. */
	place: string | null;
	tableId: TableId | null;
	connected: boolean;
	layout: ScreenLayout;
	/** The idea that the layout `idea` shows; null: the one in the light. */
	ideaId: IdeaId | null;
	languages: Language[];
};

/** How a table is doing, for whoever looks after all of them. */
export type TableRadar = {
	/** Ideas that were written there in the last five minutes. */
	recentIdeas: number;
	/** When something was last written or arranged there; epoch milliseconds. */
	activeAt: number | null;
	/** Headings of its sheet that have words under them, of all. */
	sheetFilled: number;
	sheetHeadings: number;
	languages: { [L in Language]?: number };
	/** When it asked for help, while it does. */
	helpAskedAt: number | null;
	helpBy: AccountId | null;
	/** Published ideas that no screen has shown yet. */
	unseen: number;
};

export type SnapshotView = {
	takenAt: number;
	reason: 'step-end' | 'vote-close' | 'periodic' | 'on-demand' | 'before-restore' | 'workshop-end';
	note: string | null;
	stepId: StepId | null;
	ideas: number;
	hash: string;
};

export type FacilitatorView = WorkshopView & {
	audience: 'facilitator';
	people: Record<ParticipantId, PersonView>;
	/** Ideas that wait, and those taken down. */
	inbox: Record<IdeaId, InboxIdea>;
	/** How many ideas are still with their authors (private until reveal): a number, never the words. */
	privateIdeas: number;
	/** How many published ideas only their own tables see yet. */
	tableIdeas: number;
	/** Published ideas that no screen has shown yet. */
	unseenIdeas: number;
	radar: Record<TableId, TableRadar>;
	/** Who may run this workshop and is here, or leads it. */
	team: Record<AccountId, { name: string; present: boolean }>;
	/** Who steers; null: whoever of the team does. */
	leadId: AccountId | null;
	/** Grows with every entry of the log: time to read it again. */
	logEntries: number;
	devices: Record<DeviceId, DeviceView>;
	snapshots: Record<SnapshotId, SnapshotView>;
};

export type LiveView = ParticipantView | TableDeviceView | ScreenView | FacilitatorView;

export type OwnIdea = {
	text: string;
	state: IdeaState;
	boardId: BoardId;
	reach: IdeaReach;
	/** Why it was hidden, in a facilitator's words. */
	reason: string | null;
	/** The idea in whose words it stands now, where it was merged; its words are on the board. */
	mergedInto: IdeaId | null;
	createdAt: number;
};

/** Rounds of one's own table. The view that all share has them once their result is shown to the room. */
export type OwnRounds = Record<RoundId, RoundView>;

/**
 * The nickname of whoever hosts one's own table; null where nobody does, or without a nickname. Hosting is a role before the table, so
 * its people may be told who has it. No screen and no other table is: they know at most that there is a host.
 */
export type HostName = string | null;

/** What one person or device may know about itself. */
export type MeView =
	| {
			kind: 'participant';
			participantId: ParticipantId;
			nickname: string | null;
			tableId: TableId | null;
			/** Where one's ideas go in this step. */
			boardId: BoardId;
			blocked: boolean;
			atHome: boolean;
			ideas: Record<IdeaId, OwnIdea>;
			/** Own ballots of open rounds; nobody, not even this person, can look one up after the close. */
			ballots: Record<RoundId, DotBallot>;
			voted: Record<RoundId, boolean>;
			rounds: OwnRounds;
			hostName: HostName;
	  }
	| {
			kind: 'table';
			deviceId: DeviceId;
			tableId: TableId;
			boardId: BoardId;
			ideas: Record<IdeaId, OwnIdea>;
			rounds: OwnRounds;
			hostName: HostName;
	  }
	| {
			kind: 'screen';
			deviceId: DeviceId;
			name: string;
			layout: ScreenLayout;
			tableId: TableId | null;
			/** The idea that the layout `idea` shows; null: the one in the light. */
			ideaId: IdeaId | null;
			/** In what languages it speaks; none: the browser's. */
			languages: Language[];
	  }
	| { kind: 'facilitator'; accountId: AccountId; name: string };
