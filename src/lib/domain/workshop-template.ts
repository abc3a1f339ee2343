import type { LocalizedText } from './localized-text.ts';
import type { StepKind, StepRules } from './step.ts';

/** What a workshop starts with; everything in it can be changed afterwards. */
export type WorkshopTemplate = {
	readonly name: LocalizedText;
	readonly description: LocalizedText;
	/** How many tables such a workshop usually has. */
	readonly usualTables: number;
	readonly steps: readonly TemplateStep[];
};

export type TemplateStep = {
	readonly kind: StepKind;
	readonly title: LocalizedText;
	/** What a facilitator would say; shown to everybody while the step runs. */
	readonly prompt: LocalizedText;
	readonly durationMs: number;
	readonly rules: StepRules;
};

export function minutes(count: number): number {
	return count * 60_000;
}

export function totalDurationMs(steps: Iterable<{ readonly durationMs: number }>): number {
	let total = 0;
	for (const { durationMs } of steps) total += durationMs;
	return total;
}
