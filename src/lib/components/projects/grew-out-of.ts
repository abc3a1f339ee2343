import type { Voice } from '#lib/i18n/i18n.svelte.ts';

/** "Grew out of 12 ideas at 3 tables", or without the tables where the ideas come from the whole room. */
export function grewOutOf(
	voice: Pick<Voice, 't'>,
	origins: { readonly ideas: number; readonly tables: number },
): string {
	const ideas = voice.t('project:ideas', { count: origins.ideas });
	if (origins.tables === 0) return voice.t('project:grew', { ideas });
	const atTables = voice.t('project:atTables', { count: origins.tables });
	return voice.t('project:grewAtTables', { ideas, atTables });
}
