import type { ScreenLayout } from '#lib/domain/screen-layout.ts';
import type { StepKind } from '#lib/domain/step.ts';
import { unreachable } from '#lib/domain/unreachable.ts';
import type { ScreenView, WorkshopView } from '#lib/protocol/live.ts';

/** The one thing the room looks at. */
export type StagePanel = Exclude<ScreenLayout, 'auto'> | 'ballot';

/** A workshop as whoever asks sees it: a screen knows the groups, a cockpit's preview may not. */
export type StageView = WorkshopView & Partial<Pick<ScreenView, 'groups'>>;

/**
 * What a screen shows: what it was told to, or (`auto`) what has the floor, else what the step says, else what fits its kind. A quick
 * question comes before the idea in the light: it waits for answers.
 */
export function stagePanel(layout: ScreenLayout, view: StageView): StagePanel {
	if (layout !== 'auto') return layout;
	if (view.workshop.phase === 'ended') return hasProjects(view) ? 'projects' : 'prompt';
	if (isAsked(view, 'poll')) return 'ballot';
	if (view.floor.spotlight !== null) return 'idea';
	if (view.floor.pitches.current !== null) return 'pitch';
	const step = view.currentStepId === null ? undefined : view.steps[view.currentStepId];
	if (step === undefined) return 'join';
	return step.rules.screen === 'auto' ? panelOfKind(step.kind, view) : step.rules.screen;
}

/** Whether something to scan stands on the panel already. */
export function hasOwnCode(panel: StagePanel, view: StageView): boolean {
	const { pitches } = view.floor;
	switch (panel) {
		case 'join':
		case 'projects':
			return true;
		case 'pitch':
			return Object.values(view.projects).some(({ tableId }) => tableId !== null && tableId === pitches.current);
		case 'prompt':
			return view.currentStepId !== null && view.steps[view.currentStepId]?.kind === 'feedback';
		default:
			return false;
	}
}

function panelOfKind(kind: StepKind, view: StageView): StagePanel {
	switch (kind) {
		case 'welcome':
			return 'join';
		case 'collect':
		case 'group':
			return ideasPanel(view);
		case 'discuss':
			return view.counts.ideas > 0 ? ideasPanel(view) : 'prompt';
		case 'choose':
			return isAsked(view, 'vote') ? 'ballot' : ideasPanel(view);
		case 'vote':
			return isAsked(view, 'vote') ? 'ballot' : 'prompt';
		case 'results':
			return 'results';
		case 'sheet':
			return Object.keys(view.tables).length > 0 ? 'map' : 'prompt';
		case 'pitch':
			return view.floor.pitches.order.length > 0 ? 'pitch' : 'prompt';
		case 'found':
		case 'closing':
			return hasProjects(view) ? 'projects' : 'prompt';
		case 'break':
		case 'feedback':
			return 'prompt';
		default:
			return unreachable(kind);
	}
}

/** Ideas stand in their groups as soon as there are any. */
function ideasPanel({ groups = {} }: StageView): StagePanel {
	return Object.keys(groups).length > 0 ? 'columns' : 'wall';
}

function isAsked(view: StageView, kind: 'vote' | 'poll'): boolean {
	return Object.values(view.rounds).some((round) => round.state === 'open' && round.kind === kind);
}

function hasProjects(view: StageView): boolean {
	return Object.keys(view.projects).length > 0;
}
