/** `4821 0937`: easier to read across a hall, and to type. */
export function spacedCode(code: string): string {
	return `${code.slice(0, 4)} ${code.slice(4)}`.trim();
}

/** The address as somebody types it, where the code is asked for: `boost.example.lu` out of `https://boost.example.lu/j/48210937`. */
export function typedAddress(joinUrl: string): string {
	return URL.canParse(joinUrl) ? new URL(joinUrl).host : joinUrl;
}

/** The public page of a project, where people join, help or follow. */
export function projectPath(editionSlug: string, slug: string): string {
	return `/e/${editionSlug}/projects/${slug}`;
}

/** The same as an absolute address, on the host that people join on. */
export function projectAddress(joinUrl: string, editionSlug: string, slug: string): string {
	return new URL(projectPath(editionSlug, slug), joinUrl).href;
}
