import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { noteColours } from '#lib/domain/idea.ts';
import { contrast, isInSrgb, parseOklch } from './oklch.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The colour declarations of each block that sets a theme, in the order of the file: light, dark by choice, dark by device. */
const [light, darkByChoice, darkByDevice] = [...css.matchAll(/\{[^{}]*color-scheme:[^{}]*\}/g)].map((block) =>
	themeOf(block[0]),
);

function themeOf(block: string): ReadonlyMap<string, string> {
	const declarations = [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)];
	return new Map(declarations.map((match) => [match[1] ?? '', (match[2] ?? '').trim()]));
}

function ratio(theme: ReadonlyMap<string, string> | undefined, text: string, ground: string): number {
	return contrast(parseOklch(theme?.get(text) ?? ''), parseOklch(theme?.get(ground) ?? ''));
}

/** Text and the grounds it stands on. */
const read: readonly [text: string, grounds: readonly string[]][] = [
	['ink', ['paper', 'surface', 'sunken', 'accent-soft', 'signal-soft', 'alert-soft']],
	['ink-soft', ['paper', 'surface', 'sunken']],
	['accent', ['paper', 'surface', 'sunken']],
	['accent-deep', ['paper', 'surface', 'sunken', 'accent-soft']],
	['signal-ink', ['paper', 'surface', 'sunken', 'signal-soft']],
	['alert', ['paper', 'surface', 'sunken', 'alert-soft']],
	['alert-deep', ['paper', 'surface', 'alert-soft']],
	['on-accent', ['accent', 'accent-deep']],
	['on-signal', ['signal']],
	['on-alert', ['alert', 'alert-deep']],
	['paper', ['ink']],
];

/** Outlines of controls, the ring of the focus: seen, not read (WCAG 2.2, 1.4.11). */
const seen: readonly [mark: string, grounds: readonly string[]][] = [
	['line-strong', ['paper', 'surface']],
	['focus', ['paper', 'surface', 'sunken']],
	['accent', ['paper', 'line']],
];

const notes = noteColours.map((colour) => `note-${colour}`);

describe.each([
	['light', light],
	['dark', darkByChoice],
])('the %s theme', (_name, theme) => {
	test.each(read.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))(
		'%s can be read on %s',
		(text, ground) => {
			expect(ratio(theme, text, ground)).toBeGreaterThanOrEqual(4.5);
		},
	);

	test.each(seen.flatMap(([mark, grounds]) => grounds.map((ground) => [mark, ground] as const)))(
		'%s can be told from %s',
		(mark, ground) => {
			expect(ratio(theme, mark, ground)).toBeGreaterThanOrEqual(3);
		},
	);

	test.each(notes)('the ink of a note can be read from afar on %s', (note) => {
		expect(ratio(theme, 'note-ink', note)).toBeGreaterThanOrEqual(7);
		expect(ratio(theme, 'note-ink-soft', note)).toBeGreaterThanOrEqual(4.5);
	});

	test('stays within what every screen shows', () => {
		const colours = [...(theme ?? [])].filter(([, value]) => value.startsWith('oklch(') && !value.includes('/'));
		expect(colours.length).toBeGreaterThan(20);
		expect(colours.filter(([, value]) => !isInSrgb(parseOklch(value))).map(([name]) => name)).toEqual([]);
	});
});

test('dark is the same whether a person or their device chose it', () => {
	expect(darkByChoice).toEqual(darkByDevice);
});

test('both themes set the same names', () => {
	expect([...(darkByChoice?.keys() ?? [])]).toEqual([...(light?.keys() ?? [])]);
});

test('contrast is that of WCAG', () => {
	const black = parseOklch('oklch(0% 0 0)');
	const white = parseOklch('oklch(100% 0 0)');
	expect(contrast(black, white)).toBeCloseTo(21, 1);
	// #767676 is the lightest grey that WCAG lets stand as text on white.
	expect(contrast(parseOklch('oklch(56.68% 0 0)'), white)).toBeCloseTo(4.54, 1);
});
