import * as z from 'zod';

import { defaultRules, maxStepDurationMs, stepKind, stepRules } from '#lib/domain/step.ts';

import { AppError } from './errors.ts';
import {
	blankableText,
	maxPromptLength,
	maxSteps,
	maxStepTitleLength,
	writtenText,
	type StepContent,
} from './workshops.ts';

/**
 * An agenda as a file (JSON, UTF-8), to be kept, sent on, written by hand or made by another program:
 *
 *     { "format": "boost-board/agenda", "version": 1, "steps": [
 *       { "kind": "collect", "title": { "en": "Dream" }, "prompt": { "en": "…" }, "durationMs": 600000,
 *         "rules": { "intake": "private", "names": "hidden" } } ] }
 *
 * Texts are objects by language code (lb, fr, de, en, pt); a title has one language at least. `prompt` and `rules` may be left
 * out, and so may each rule: it is then that of the kind (`defaultRules`). Nothing else may stand in it, so that a slip of the pen
 * is found instead of passed over. A change that older programs would misread raises the version.
 */
export const agendaFormat = 'boost-board/agenda';
export const agendaVersion = 1;

/** The longest agenda there can be, in every language, is below it. */
export const maxAgendaFileBytes = 1024 * 1024;

const agendaStep = z
	.strictObject({
		kind: stepKind,
		title: writtenText(maxStepTitleLength),
		prompt: blankableText(maxPromptLength).default({}),
		durationMs: z.int().min(0).max(maxStepDurationMs),
		rules: stepRules.partial().default({}),
	})
	.transform((step): StepContent => ({
		...step,
		rules: stepRules.parse({ ...defaultRules(step.kind), ...step.rules }),
	}));

export const agendaFile = z.strictObject({
	format: z.literal(agendaFormat),
	version: z.literal(agendaVersion),
	steps: z.array(agendaStep).min(1).max(maxSteps),
});
export type AgendaFile = z.output<typeof agendaFile>;

/** Replacing leaves steps that are used where they are, at the beginning. */
export const agendaImport = z.strictObject({ mode: z.enum(['append', 'replace']), file: z.unknown() });
export type AgendaImport = z.input<typeof agendaImport>;

const anyAgenda = z.object({ format: z.literal(agendaFormat), version: z.int().min(1) });

export function writeAgendaFile(steps: readonly StepContent[]): AgendaFile {
	const ofSteps = steps.map(({ kind, title, prompt, durationMs, rules }) => ({
		kind,
		title,
		prompt,
		durationMs,
		rules,
	}));
	return { format: agendaFormat, version: agendaVersion, steps: ofSteps };
}

/**
 * Reads what stood in a file.
 * @throws AppError `agenda.fileUnreadable` if it isn't an agenda at all, `agenda.fileNewer` with its `version`,
 * `agenda.fileInvalid` with the `place` of the first mistake, such as `steps[2].rules.add` (counted from 0)
 */
export function readAgendaFile(content: unknown): AgendaFile {
	const claimed = anyAgenda.safeParse(content);
	if (!claimed.success) throw new AppError('agenda.fileUnreadable');
	const { version } = claimed.data;
	if (version > agendaVersion) throw new AppError('agenda.fileNewer', { version });
	const parsed = agendaFile.safeParse(content);
	if (parsed.success) return parsed.data;
	throw new AppError('agenda.fileInvalid', { place: placeOf(parsed.error.issues[0]) });
}

/** @throws AppError like {@link readAgendaFile} */
export function parseAgendaFile(text: string): AgendaFile {
	let content: unknown;
	try {
		content = JSON.parse(text);
	} catch (error) {
		throw new AppError('agenda.fileUnreadable', undefined, { cause: error });
	}
	return readAgendaFile(content);
}

function placeOf(issue: z.core.$ZodIssue | undefined): string {
	const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
	const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
	return place.replace(/^\./, '').slice(0, 120);
}
