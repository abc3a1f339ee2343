import type { StepId } from '#lib/domain/ids.ts';
import type { IdeaReach } from '#lib/domain/idea.ts';
import type { StepRules } from '#lib/domain/step.ts';
import type { FacilitatorView, TableView } from '#lib/protocol/live.ts';

/** What going on does or leaves behind, said before it is done. It warns and never stops anybody. */
export type Remark =
	| { readonly about: 'reveals'; readonly count: number; readonly to: IdeaReach }
	| { readonly about: 'openRounds'; readonly count: number }
	| { readonly about: 'allReady'; readonly tables: number }
	| { readonly about: 'notReady'; readonly ready: number; readonly tables: number }
	| { readonly about: 'elsewhere'; readonly count: number };

type Leaving = Pick<FacilitatorView, 'privateIdeas' | 'rounds' | 'tables' | 'currentStepId' | 'steps' | 'floor'>;

/** A table counts once somebody sits at it. */
export function isInUse({ members, ideas, ready }: TableView): boolean {
	return members > 0 || ideas > 0 || ready;
}

/** Whether tables have something to do in a step, and so to be ready with. */
function isWorking({ add, arrange, sheet }: StepRules): boolean {
	return [add, arrange, sheet].some((role) => role !== 'nobody');
}

/** What is to be known before the room leaves its step. */
export function onwardRemarks(view: Leaving): Remark[] {
	const remarks: Remark[] = [];
	const rules = view.currentStepId === null ? undefined : view.steps[view.currentStepId]?.rules;
	if (view.privateIdeas > 0) {
		remarks.push({ about: 'reveals', count: view.privateIdeas, to: rules?.see ?? 'room' });
	}
	const openRounds = Object.values(view.rounds).filter(({ state }) => state === 'open').length;
	if (openRounds > 0) remarks.push({ about: 'openRounds', count: openRounds });

	const inUse = Object.values(view.tables).filter(isInUse);
	const ready = inUse.filter((table) => table.ready).length;
	if (ready > 0 && ready === inUse.length) remarks.push({ about: 'allReady', tables: ready });
	else if (ready > 0 || (inUse.length > 0 && rules !== undefined && isWorking(rules))) {
		remarks.push({ about: 'notReady', ready, tables: inUse.length });
	}

	const elsewhere = inUse.filter((table) => stepOf(table, view) !== view.currentStepId).length;
	if (elsewhere > 0) remarks.push({ about: 'elsewhere', count: elsewhere });
	return remarks;
}

/** The step a table is in: its own where tables go at their own pace, else the room's. */
export function stepOf(
	table: TableView,
	{ floor, currentStepId }: Pick<Leaving, 'floor' | 'currentStepId'>,
): StepId | null {
	return floor.pace === 'tables' ? (table.stepId ?? currentStepId) : currentStepId;
}

/** How many tables in use are in each step, where they go at their own pace; empty where all go together. */
export function tablesPerStep(view: Pick<Leaving, 'tables' | 'floor' | 'currentStepId'>): ReadonlyMap<StepId, number> {
	const counts = new Map<StepId, number>();
	if (view.floor.pace === 'room') return counts;
	for (const table of Object.values(view.tables).filter(isInUse)) {
		const stepId = stepOf(table, view);
		if (stepId !== null) counts.set(stepId, (counts.get(stepId) ?? 0) + 1);
	}
	return counts;
}
