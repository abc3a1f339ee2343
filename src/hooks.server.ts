import type { Handle } from '@sveltejs/kit';
import { pagePreferences } from '#lib/i18n/page-preferences.ts';

export const handle: Handle = pagePreferences;
