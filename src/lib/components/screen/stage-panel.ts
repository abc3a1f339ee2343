import type { StepKind } from '#lib/domain/step.ts';
import { unreachable } from '#lib/domain/unreachable.ts';
import type { ScreenLayout, WorkshopView } from '#lib/protocol/live.ts';

/** The one thing the room looks at. */
export type StagePanel = 'join' | 'prompt' | 'wall' | 'ballot' | 'results' | 'projects' | 'blank';

/** What a screen shows: what it was told to, or (`auto`) what fits the current step. */
export function stagePanel(layout: ScreenLayout, view: WorkshopView): StagePanel {
	if (layout !== 'auto') return layout;
	const step = view.currentStepId === null ? undefined : view.steps[view.currentStepId];
	if (view.workshop.phase === 'ended') return hasProjects(view) ? 'projects' : 'prompt';
	return step === undefined ? 'join' : panelOfStep(step.kind, view);
}

function panelOfStep(kind: StepKind, view: WorkshopView): StagePanel {
	switch (kind) {
		case 'welcome':
			return 'join';
		case 'collect':
		case 'group':
			return 'wall';
		case 'vote':
			return Object.values(view.rounds).some((round) => round.state === 'open') ? 'ballot' : 'prompt';
		case 'results':
			return 'results';
		case 'sheet':
		case 'pitch':
			return 'prompt';
		case 'found':
		case 'closing':
			return hasProjects(view) ? 'projects' : 'prompt';
		default:
			return unreachable(kind);
	}
}

function hasProjects(view: WorkshopView): boolean {
	return Object.keys(view.projects).length > 0;
}
