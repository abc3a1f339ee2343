/**
 * Contrast of colours given in OKLCH, for the test of the tokens.
 * OKLab to linear sRGB: Björn Ottosson, "A perceptual color space for image processing" (2020).
 * Luminance and contrast: WCAG 2.2, "relative luminance" and "contrast ratio".
 */

/** Channels of linear-light sRGB, 0 to 1. */
export type LinearRgb = readonly [red: number, green: number, blue: number];

const notation = /^oklch\(\s*([\d.]+)%\s+([\d.]+)\s+([\d.]+)\s*\)$/;

/** Parses `oklch(L% C H)` without alpha; throws on anything else. */
export function parseOklch(value: string): LinearRgb {
	const match = notation.exec(value.trim());
	if (match === null) throw new Error(`Not an opaque oklch() colour: ${value}`);
	const [lightness = 0, chroma = 0, hue = 0] = match.slice(1).map(Number);
	const angle = (hue * Math.PI) / 180;
	return oklabToLinearRgb(lightness / 100, chroma * Math.cos(angle), chroma * Math.sin(angle));
}

function oklabToLinearRgb(lightness: number, a: number, b: number): LinearRgb {
	const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
		-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
		-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
	];
}

/** Whether a colour can be shown as it is on every screen; browsers bring others into sRGB, each in its own way. */
export function isInSrgb(colour: LinearRgb, tolerance = 0.002): boolean {
	return colour.every((channel) => channel >= -tolerance && channel <= 1 + tolerance);
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: LinearRgb, other: LinearRgb): number {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: LinearRgb): number {
	const shown = (channel: number): number => Math.min(1, Math.max(0, channel));
	return 0.2126 * shown(red) + 0.7152 * shown(green) + 0.0722 * shown(blue);
}
