/**
 * The tree's areas and who may import whom. `domain` and `protocol` are shared by both sides; the browser's side never
 * sees the server; on the server a feature knows another feature only by its service.
 *
 * @typedef {'domain' | 'protocol' | 'catalogues' | 'ui' | 'browser' | 'foundation' | 'machinery' | 'feature' | 'composition' | 'tests' | 'project'} AreaKind
 * @typedef {{ kind: AreaKind, name: string }} Area
 */

/** Folders of the server that every feature may build on. */
const foundation = new Set(['db']);
/** Folders of the server that own a transport; features describe routes and commands in their terms. */
const machinery = new Set(['http', 'live', 'sync']);
/** Folders of the server that put the parts together: they may import everything on the server. */
const composition = new Set(['launch', 'demo']);
/** Files at the root of `server` that put the parts together; the others are foundation. */
const compositionFiles = new Set(['server/app.ts', 'server/live-side.ts', 'server/main.ts']);

/**
 * Packages that only one part of the tree may know.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const packageOwners = {
	express: ['server/http'],
	helmet: ['server/http'],
	compression: ['server/http'],
	'socket.io': ['server/live'],
	'socket.io-client': ['src/lib/live'],
	ws: ['server/sync'],
	'y-protocols': ['server/sync', 'src/lib/live'],
	'y-websocket': ['src/lib/live'],
	lucia: ['server/accounts'],
	postgres: ['server/db'],
};

/**
 * @param {string} file path relative to the project, with forward slashes
 * @returns {Area}
 */
export function areaOf(file) {
	const [top = '', second = '', third = '', fourth = ''] = file.split('/');
	if (top === 'tests') return { kind: 'tests', name: 'tests' };
	if (top === 'src') {
		if (second !== 'lib') return { kind: 'browser', name: `src/${second}` };
		if (third === 'domain' || third === 'protocol') return { kind: third, name: `src/lib/${third}` };
		if (third === 'i18n') {
			const svelte = fourth.endsWith('.svelte.ts') || fourth.endsWith('.svelte');
			return svelte ? { kind: 'browser', name: 'src/lib/i18n' } : { kind: 'catalogues', name: 'src/lib/i18n' };
		}
		if (third === 'components' && fourth === 'ui') return { kind: 'ui', name: 'src/lib/components/ui' };
		return { kind: 'browser', name: `src/lib/${third}` };
	}
	if (top === 'server') {
		if (file.endsWith('.test.ts')) return { kind: 'tests', name: 'tests' };
		if (compositionFiles.has(file)) return { kind: 'composition', name: file };
		if (file.split('/').length === 2) return { kind: 'foundation', name: 'server' };
		const name = `server/${second}`;
		if (foundation.has(second)) return { kind: 'foundation', name };
		if (machinery.has(second)) return { kind: 'machinery', name };
		if (composition.has(second)) return { kind: 'composition', name };
		return { kind: 'feature', name };
	}
	return { kind: 'project', name: 'the project folder' };
}

/** @type {Readonly<Record<AreaKind, readonly AreaKind[]>>} */
const allowed = {
	domain: [],
	protocol: ['domain'],
	catalogues: ['domain', 'protocol'],
	ui: ['catalogues'],
	browser: ['domain', 'protocol', 'catalogues', 'ui', 'browser'],
	foundation: ['domain', 'protocol', 'catalogues', 'foundation'],
	machinery: ['domain', 'protocol', 'catalogues', 'foundation', 'machinery'],
	feature: ['domain', 'protocol', 'catalogues', 'foundation', 'machinery'],
	composition: ['domain', 'protocol', 'catalogues', 'foundation', 'machinery', 'feature', 'composition', 'project'],
	tests: [
		'domain',
		'protocol',
		'catalogues',
		'ui',
		'browser',
		'foundation',
		'machinery',
		'feature',
		'composition',
		'tests',
		'project',
	],
	project: ['project'],
};

/**
 * @param {Area} from
 * @param {Area} to
 * @param {string} target path of the imported file, relative to the project
 */
export function mayImport(from, to, target) {
	if (from.name === to.name) return true;
	if (to.kind === 'feature' && (from.kind === 'feature' || from.kind === 'machinery')) {
		return target.endsWith('-service.ts');
	}
	// The reactive face of the catalogues: components without domain words still need texts.
	if (from.kind === 'ui' && to.name === 'src/lib/i18n') return true;
	return allowed[from.kind].includes(to.kind);
}
