/**
 * The direction of dependencies, as a lint rule: a file belongs to an area, and an area may import what the table in
 * `dependency-areas.js` says. The rule looks at static and dynamic imports and at re-exports, type imports included,
 * because a type that leaks is a dependency as well.
 */
import path from 'node:path';

import { areaOf, mayImport, packageOwners } from './dependency-areas.js';

/**
 * @param {string} specifier as written in the import
 * @param {string} importer path of the importing file, relative to the project
 * @returns {string | undefined} the imported path relative to the project, or nothing for a package
 */
function projectPath(specifier, importer) {
	if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(importer), specifier);
	if (specifier.startsWith('#lib/')) return specifier.replace('#lib/', 'src/lib/');
	if (specifier.startsWith('#server/')) return specifier.replace('#server/', 'server/');
	if (specifier.startsWith('#tests/')) return specifier.replace('#tests/', 'tests/');
	return undefined;
}

/** @param {string} specifier a package import such as `@scope/name/file.js` */
function packageName(specifier) {
	const [first = '', second = ''] = specifier.split('/');
	return first.startsWith('@') ? `${first}/${second}` : first;
}

/** @type {import('eslint').Rule.RuleModule} */
export const dependencyDirection = {
	meta: {
		type: 'problem',
		docs: { description: 'keeps the dependencies of the tree in one direction' },
		schema: [],
		messages: {
			area: '{{ from }} must not import {{ to }} ({{ specifier }}).',
			package: 'Only {{ owner }} may import {{ name }}.',
			alias: "Import '#lib/…' instead of '$lib/…'.",
		},
	},
	create(context) {
		const importer = path.relative(context.cwd, context.filename).split(path.sep).join('/');
		const from = areaOf(importer);

		/** @param {import('estree').Node | null | undefined} source */
		function check(source) {
			if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
			const specifier = source.value;
			if (specifier === '$lib' || specifier.startsWith('$lib/')) {
				context.report({ node: source, messageId: 'alias' });
				return;
			}
			const target = projectPath(specifier, importer);
			if (target === undefined) {
				const name = packageName(specifier);
				const owner = packageOwners[name];
				if (owner && from.kind !== 'tests' && !owner.includes(from.name)) {
					context.report({ node: source, messageId: 'package', data: { name, owner: owner.join(', ') } });
				}
				return;
			}
			const to = areaOf(target);
			if (!mayImport(from, to, target)) {
				context.report({ node: source, messageId: 'area', data: { from: from.name, to: to.name, specifier } });
			}
		}

		return {
			ImportDeclaration: (node) => check(node.source),
			ImportExpression: (node) => check(node.source),
			ExportNamedDeclaration: (node) => check(node.source),
			ExportAllDeclaration: (node) => check(node.source),
		};
	},
};
