/** The parts of the catalogue; each has one file per language: `catalogues/<language>/<namespace>.json`. */
export const namespaces = [
	'common',
	'errors',
	'home',
	'join',
	'board',
	'table',
	'cockpit',
	'steering',
	'inbox',
	'tables',
	'screen',
	'vote',
	'seats',
	'sheet',
	'project',
	'studio',
	'account',
	'privacy',
	'report',
] as const;

export type Namespace = (typeof namespaces)[number];

/** Where a text stands: the namespace, a colon, and the path in its file. */
export type TextKey = `${Namespace}:${string}`;
