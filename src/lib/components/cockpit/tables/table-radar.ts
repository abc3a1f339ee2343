import type { ParticipantId, StepId, TableId } from '#lib/domain/ids.ts';
import type { StepRules } from '#lib/domain/step.ts';
import type { FacilitatorView, StepView, TableRadar, TableView } from '#lib/protocol/live.ts';

/** How each table is doing, in figures and words that fit on a tile. Tables are looked at, people are not counted against each other. */

export const minuteMs = 60_000;
/** A table where people could write and nothing was written for this long is quiet. */
export const quietAfterMs = 5 * minuteMs;

type Room = Pick<FacilitatorView, 'workshop' | 'floor' | 'steps' | 'currentStepId' | 'stepStartedAt' | 'radar'>;

export type TableFacts = {
	readonly recentIdeas: number;
	readonly sheetFilled: number;
	readonly sheetHeadings: number;
	/** Whole minutes since something was written or arranged, in a step in which that is possible; else null. */
	readonly silentMinutes: number | null;
	readonly quiet: boolean;
	/** In an earlier step than the room, where tables have their own pace. */
	readonly behind: boolean;
	/** The step it is in, where that isn't the room's. */
	readonly ownStepId: StepId | null;
	readonly freeSeats: number;
};

const noRadar: TableRadar = {
	recentIdeas: 0,
	activeAt: null,
	sheetFilled: 0,
	sheetHeadings: 0,
	languages: {},
	helpAskedAt: null,
	helpBy: null,
	unseen: 0,
};

export function radarOf(room: Pick<FacilitatorView, 'radar'>, id: TableId): TableRadar {
	return room.radar[id] ?? noRadar;
}

/** @param now epoch milliseconds of the server's clock */
export function tableFacts(room: Room, id: TableId, table: TableView, now: number): TableFacts {
	const { recentIdeas, activeAt, sheetFilled, sheetHeadings } = radarOf(room, id);
	const { stepId, startedAt } = stepOf(room, table);
	const step = stepId === null ? undefined : room.steps[stepId];
	const mayWrite = room.workshop.phase === 'live' && !room.workshop.frozen && canWrite(step?.rules);
	const since = Math.max(activeAt ?? 0, startedAt ?? 0);
	const silentMs = mayWrite && since > 0 ? Math.max(0, now - since) : null;
	return {
		recentIdeas,
		sheetFilled,
		sheetHeadings,
		silentMinutes: silentMs === null ? null : Math.floor(silentMs / minuteMs),
		quiet: table.present > 0 && silentMs !== null && silentMs >= quietAfterMs,
		behind: isBefore(step, room.currentStepId === null ? undefined : room.steps[room.currentStepId]),
		ownStepId: stepId === room.currentStepId ? null : stepId,
		freeSeats: Math.max(0, table.capacity - table.members),
	};
}

function stepOf(room: Room, table: TableView): { stepId: StepId | null; startedAt: number | null } {
	if (room.floor.pace === 'room' || table.stepId === null) {
		return { stepId: room.currentStepId, startedAt: room.stepStartedAt };
	}
	return { stepId: table.stepId, startedAt: table.stepStartedAt };
}

function canWrite(rules: StepRules | undefined): boolean {
	return rules !== undefined && (rules.add !== 'nobody' || rules.arrange !== 'nobody' || rules.sheet !== 'nobody');
}

function isBefore(step: StepView | undefined, other: StepView | undefined): boolean {
	return step !== undefined && other !== undefined && step.position < other.position;
}

export const tableFilters = ['help', 'ready', 'quiet', 'behind', 'free'] as const;
export type TableFilter = (typeof tableFilters)[number];

export function passes(filter: TableFilter, table: TableView, facts: TableFacts): boolean {
	switch (filter) {
		case 'help':
			return table.needsHelp;
		case 'ready':
			return table.ready;
		case 'quiet':
			return facts.quiet;
		case 'behind':
			return facts.behind;
		case 'free':
			return facts.freeSeats > 0;
	}
}

/** Who hosts which table. */
export function hostedBy(room: Pick<FacilitatorView, 'tables'>, id: ParticipantId): TableId | null {
	const hosted = (Object.entries(room.tables) as [TableId, TableView][]).find(([, { hostId }]) => hostId === id);
	return hosted?.[0] ?? null;
}
