import * as z from 'zod';

import type { DotBallot, DotRule, DotTally } from '#lib/domain/dot-vote.ts';
import type {
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
import type { IdeaState, NoteColour } from '#lib/domain/idea.ts';
import type { Language } from '#lib/domain/language.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
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
};

export type RoundView = {
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
	};
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
};

/** The newest published ideas, never with names; groups only where they hold one of these ideas. */
export type ScreenView = WorkshopView & {
	audience: 'screen';
	wall: Record<IdeaId, WallIdea>;
	groups: Record<GroupId, { title: string; tableId: TableId | null; position: number }>;
};

export type ScreenLayout = 'auto' | 'join' | 'prompt' | 'wall' | 'results' | 'projects' | 'blank';

export type PersonView = {
	nickname: string | null;
	language: Language;
	tableId: TableId | null;
	present: boolean;
	blocked: boolean;
	joinedAt: number;
	ideas: number;
};

export type InboxIdea = {
	text: string;
	boardId: BoardId;
	tableId: TableId | null;
	state: Extract<IdeaState, 'inbox' | 'hidden'>;
	language: Language | null;
	/** Null where the step hides names. */
	by: string | null;
	reason: string | null;
	createdAt: number;
};

export type DeviceView = {
	kind: 'table' | 'screen';
	name: string;
	tableId: TableId | null;
	connected: boolean;
	layout: ScreenLayout;
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
	devices: Record<DeviceId, DeviceView>;
	snapshots: Record<SnapshotId, SnapshotView>;
};

export type LiveView = ParticipantView | TableDeviceView | ScreenView | FacilitatorView;

export type OwnIdea = {
	text: string;
	state: IdeaState;
	boardId: BoardId;
	/** Why it was hidden, in a facilitator's words. */
	reason: string | null;
	createdAt: number;
};

/** What one person or device may know about itself. */
export type MeView =
	| {
			kind: 'participant';
			participantId: ParticipantId;
			nickname: string | null;
			tableId: TableId | null;
			boardId: BoardId;
			blocked: boolean;
			ideas: Record<IdeaId, OwnIdea>;
			/** Own ballots of open rounds; nobody, not even this person, can look one up after the close. */
			ballots: Record<RoundId, DotBallot>;
			voted: Record<RoundId, boolean>;
	  }
	| { kind: 'table'; deviceId: DeviceId; tableId: TableId; boardId: BoardId; ideas: Record<IdeaId, OwnIdea> }
	| { kind: 'screen'; deviceId: DeviceId; name: string; layout: ScreenLayout }
	| { kind: 'facilitator'; name: string };
