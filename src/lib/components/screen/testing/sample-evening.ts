import type {
	BoardId,
	ChallengeId,
	DocumentId,
	GroupId,
	IdeaId,
	RoundId,
	StepId,
	TableId,
	WorkshopId,
} from '#lib/domain/ids.ts';
import { colourOfTable } from '#lib/domain/idea.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import { defaultRules, type StepKind } from '#lib/domain/step.ts';
import type { RoundView, ScreenView, TableView, WallIdea } from '#lib/protocol/live.ts';

/** Evenings for tests of screens and for looking at them: views as the server presents them, of any size. */
export type SampleOptions = {
	readonly kind?: StepKind | null;
	readonly title?: LocalizedText;
	readonly prompt?: LocalizedText;
	readonly tables?: number;
	readonly questions?: readonly LocalizedText[];
	readonly ideas?: readonly string[];
	/** Ideas go into this many groups, in turn; the first of each table stays in none. */
	readonly groups?: number;
};

export const sampleStepId = sampleId('5', 1) as StepId;

/** The n-th id of a kind, which one hexadecimal digit names. */
export function sampleId(kind: string, number: number): string {
	return `${kind.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function sampleTableId(position: number): TableId {
	return sampleId('7', position) as TableId;
}

export function sampleIdeaId(number: number): IdeaId {
	return sampleId('1', number) as IdeaId;
}

export function sampleEvening({
	kind = 'collect',
	title = { de: 'Ideen sammeln' },
	prompt = { de: 'Was fehlt uns hier?' },
	tables = 7,
	questions = [{ de: 'Wie wohnen wir zusammen?' }],
	ideas = [],
	groups = 0,
}: SampleOptions = {}): ScreenView {
	const step = { position: 0, kind: kind ?? 'welcome', title, prompt, durationMs: 600_000 };
	return {
		audience: 'screen',
		workshop: {
			id: sampleId('9', 1) as WorkshopId,
			code: '48210937',
			title: { de: 'Zukunftsabend in Mamer', fr: 'Soirée d’avenir à Mamer' },
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
		steps: kind === null ? {} : { [sampleStepId]: { ...step, rules: defaultRules(kind) } },
		currentStepId: kind === null ? null : sampleStepId,
		stepStartedAt: null,
		timer: null,
		challenges: Object.fromEntries(
			questions.map((question, position) => [sampleId('c', position) as ChallengeId, { position, question }]),
		),
		tables: Object.fromEntries(
			Array.from({ length: tables }, (_, position) => [
				sampleTableId(position),
				sampleTable(position, position % Math.max(1, questions.length)),
			]),
		),
		plenary: { boardId: sampleId('b', 999) as BoardId, ideas: 0 },
		rounds: {},
		projects: {},
		counts: { people: tables * 9, present: tables * 8, ideas: ideas.length },
		tableId: null,
		wall: Object.fromEntries(
			ideas.map((text, index) => [sampleIdeaId(index), sampleIdea(text, index, Math.max(1, tables), groups)]),
		),
		groups: Object.fromEntries(
			Array.from({ length: groups }, (_, index) => [
				sampleId('6', index) as GroupId,
				{
					title: groupTitles[index % groupTitles.length] ?? '',
					tableId: sampleTableId(index % tables),
					position: index,
				},
			]),
		),
		tableRounds: {},
		pitch: null,
	};
}

export function sampleRound(labels: readonly string[], changes: Partial<RoundView> = {}): Record<RoundId, RoundView> {
	return {
		[sampleId('e', 1) as RoundId]: {
			kind: 'vote',
			position: 0,
			title: 'Womit fangen wir an?',
			rule: { dots: 3, maxPerOption: 2 },
			tableId: null,
			options: Object.fromEntries(
				labels.map((label, position) => [sampleId('a', position), { position, label, ideaId: null, groupId: null }]),
			),
			state: 'open',
			turnout: { voted: 34, eligible: 58 },
			tally: null,
			published: false,
			decision: null,
			...changes,
		},
	};
}

const groupTitles = [
	'Treffpunkte',
	'Näher einkaufen',
	'Gemeinschaftsverpflegungseinrichtungen',
	'Unterwegs ohne Auto',
	'Weniger wegwerfen und länger nutzen, was schon da ist',
];

function sampleTable(position: number, question: number): TableView {
	return {
		position,
		name: `Dësch ${String(position + 1)}`,
		colour: colourOfTable(position),
		challengeId: sampleId('c', question) as ChallengeId,
		boardId: sampleId('b', position) as BoardId,
		sheetId: sampleId('d', position) as DocumentId,
		capacity: 12,
		members: 9,
		present: 8,
		ideas: 12 + position,
		ready: position % 3 === 1,
		needsHelp: position % 4 === 2,
		helpComing: false,
		atHome: false,
		hostId: null,
		stepId: null,
		stepStartedAt: null,
		timer: null,
	};
}

function sampleIdea(text: string, index: number, tables: number, groups: number): WallIdea {
	// A group belongs to a table, so an idea in it is of that table.
	const group = groups > 0 && index % 8 !== 7 ? index % groups : null;
	const table = (group ?? index) % tables;
	return {
		text,
		colour: colourOfTable(table),
		tableId: sampleTableId(table),
		groupId: group === null ? null : (sampleId('6', group) as GroupId),
		language: 'de',
		publishedAt: 1_000 + index,
		shown: false,
	};
}
